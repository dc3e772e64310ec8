# One JSON object a line out of the log of PostgreSQL, pgBackRest, nginx, Redis or Prometheus, which write plain text, and of whatever else
# the container prints. Run as: awk -W interactive -v service=NAME -f log-json.awk
function quoted(text) {
  gsub(/\\/, "\\\\&", text)
  gsub(/"/, "\\\"", text)
  gsub(/\t/, "\\t", text)
  gsub(/[\001-\037]/, " ", text)
  return "\"" text "\""
}
BEGIN {
  # A line goes out in one write with its end, or another process's could come between.
  ORS = ""
  split("LOG INFO NOTICE WARN WARNING ERROR FATAL PANIC notice warn error crit alert emerg", names, " ")
  split("info info info warn warn error fatal fatal info warn error fatal fatal fatal", values, " ")
  for (i in names) level_of[names[i]] = values[i]
}
# A request that found no place. The access log says so, once; when there is too much to do, nobody has time for it twice.
/ no live upstreams while connecting to upstream, / { next }
{
  severity = "info"; time = ""; message = $0
  # 2026-01-31 12:00:00.000 UTC [42] LOG:  message
  if (match(message, /^[0-9-]+ [0-9:.]+ UTC \[[0-9]+\] /)) {
    time = $1 "T" $2 "Z"
    message = substr(message, RLENGTH + 1)
  }
  if (match(message, /^[A-Z]+:  /)) {
    severity = substr(message, 1, RLENGTH - 3)
    message = substr(message, RLENGTH + 1)
  }
  # 2026-01-31 12:00:00.000 P00   WARN: message
  if (match(message, /^[0-9-]+ [0-9:.]+ P[0-9]+ +[A-Z]+: /)) {
    time = $1 "T" $2 "Z"
    severity = substr($4, 1, length($4) - 1)
    message = substr(message, RLENGTH + 1)
  }
  # 2026/01/31 12:00:00 [error] 42#42: message
  if (match(message, /^[0-9\/]+ [0-9:]+ \[[a-z]+\] [0-9#]+: /)) {
    time = $1 "T" $2 ".000Z"
    gsub(/\//, "-", time)
    severity = substr($3, 2, length($3) - 2)
    message = substr(message, RLENGTH + 1)
    # The WAF says so itself, with the rules.
    if (message ~ /^\*[0-9]+ \[client [0-9.]+\] ModSecurity: Access denied with code /) next
    # The query stays out here too: a guest's link to an order is one.
    gsub(/\?[^ "]*/, "?...", message)
  }
  # 42:M 31 Jan 2026 12:00:00.000 # message
  if (match(message, /^[0-9]+:[A-Z] [0-9]+ [A-Z][a-z][a-z] [0-9]+ [0-9:.]+ [-.*#] /)) {
    time = sprintf("%s-%02d-%02dT%sZ", $4, (index("JanFebMarAprMayJunJulAugSepOctNovDec", $3) + 2) / 3, $2, $5)
    if ($6 == "#") severity = "WARNING"
    message = substr(message, RLENGTH + 1)
  }
  # time=2026-01-31T12:00:00.042Z level=INFO source=main.go:42 msg="message" name=value; older ones have ts and caller
  if (match(message, /^(time|ts)=[0-9TZ:.-]+ /) && index(message, " msg=")) {
    time = substr(message, index(message, "=") + 1, RLENGTH - index(message, "=") - 1)
    severity = match(message, / level=[A-Za-z]+ /) ? tolower(substr(message, RSTART + 7, RLENGTH - 8)) : "info"
    message = substr(message, index(message, " msg=") + 5)
    if (match(message, /^"[^"\\]*"/)) message = substr(message, 2, RLENGTH - 2) substr(message, RLENGTH + 1)
  }
  print "{" (time == "" ? "" : "\"time\":\"" time "\",") "\"service\":" quoted(service) \
    ",\"level\":\"" (severity in level_of ? level_of[severity] : "info") "\",\"msg\":" quoted(message) "}\n"
  fflush()
}
