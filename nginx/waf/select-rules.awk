# Copies the rules of a CRS file that can matter here, when the image is built: a rule that is not loaded costs nothing, while one that
# is removed by the engine is still asked for at every request. Usage: awk -f select-rules.awk FILE
function skipped(rule) {
  # Blocking is at paranoia 1, detection at 2.
  if (rule ~ /paranoia-level\/[34]/) return 1
  # What is attacked by these is not here: Node and PostgreSQL on Linux, behind nginx.
  if (rule ~ /tag:'(language-(php|java|powershell|aspnet|ldap)|platform-(windows|iis|tomcat|internet-explorer))'/) return 1
  return 0
}
/^[ \t]*#/ && statement == "" { next }
{
  statement = statement $0 "\n"
  if ($0 ~ /\\$/) next
  if (!chained) skipping = skipped(statement)
  chained = statement ~ /^[ \t]*SecRule/ && statement ~ /[ ,"\\\n\t]chain["',]/
  if (!skipping) printf "%s", statement
  if (!chained) skipping = 0
  statement = ""
}
