# One JSON line, as short as the other logs, out of each record of ModSecurity: which rules found something, where, and what came of it.
# The record holds whole fields and the query; of those a line keeps the part that a rule took for an attack, without its numbers, and
# of secrets nothing. Run as: awk -W interactive -v mode=On -f audit-lines.awk

# A field of a record. It was escaped by the writer, so no text inside it can pass for a field.
function field(text, name,   start) {
  start = index(text, "\"" name "\":\"")
  if (!start) return ""
  text = substr(text, start + length(name) + 3)
  match(text, /^"([^"\\]|\\.)*"/)
  return substr(text, 2, RLENGTH - 2)
}
# Cut where no escape is cut in two; control characters are what is written as \u....
function cut(text, size,   short, token) {
  short = ""
  while (text != "" && length(short) < size) {
    match(text, /^(\\u[0-9A-Fa-f][0-9A-Fa-f][0-9A-Fa-f][0-9A-Fa-f]|\\.|[^\\])/)
    if (RLENGTH < 1) break
    token = substr(text, 1, RLENGTH)
    short = short (RLENGTH == 6 ? " " : token)
    text = substr(text, RLENGTH + 1)
  }
  return short (text == "" ? "" : "...")
}
function target(matched, data,   start) {
  start = index(matched, "against variable `")
  if (start) {
    matched = substr(matched, start + 18)
    return cut(substr(matched, 1, index(matched, "'") - 1), 80)
  }
  start = index(data, " found within ")
  if (!start) return ""
  data = substr(data, start + 14)
  return cut(substr(data, 1, index(data, ": ") - 1), 80)
}
function found(data, where,   end) {
  if (tolower(where) ~ /cookie|authorization|password|token|key|csrf/) return ""
  if (index(data, "Matched Data: ") != 1) return ""
  data = substr(data, 15)
  end = index(data, " found within ")
  if (end) data = substr(data, 1, end - 1)
  data = cut(data, 60)
  gsub(/[0-9][0-9][0-9][0-9]+/, "####", data)
  return data
}
function when(stamp,   part) {
  split(stamp, part, " +")
  return sprintf("%s-%02d-%02dT%s.000Z", part[5], (index("JanFebMarAprMayJunJulAugSepOctNovDec", part[2]) + 2) / 3, part[3], part[4])
}
# A line goes out in one write with its end, or another process's could come between.
BEGIN { ORS = "" }
/^\{"transaction":/ {
  rules = ""; ids = ""; score = 0; noticed = 0; denied = 0
  messages = index($0, "\"messages\":[")
  head = substr($0, 1, messages)
  rest = substr($0, messages + 12)
  while (match(rest, /^,?\{"message":"([^"\\]|\\.)*","details":\{("([^"\\]|\\.)*"|[^{}"])*\}\}/)) {
    each = substr(rest, 1, RLENGTH)
    rest = substr(rest, RLENGTH + 1)
    message = field(each, "message"); id = field(each, "ruleId")
    if (id == 100090) {
      split(message, scores, " "); score = scores[2]; noticed = scores[3]
      continue
    }
    if (id == 949110 || id == 100002 || id == 100003) denied = 1
    if (id == 949110 || (id in seen)) continue
    seen[id]
    data = field(each, "data")
    where = target(field(each, "match"), data)
    part = found(data, where)
    ids = ids (ids == "" ? "" : ", ") id
    rules = rules (rules == "" ? "" : ",") "{\"id\":" id ",\"what\":\"" message "\",\"where\":\"" where "\"" (part == "" ? "" : ",\"found\":\"" part "\"") "}"
  }
  split("", seen)
  outcome = !denied ? "noticed" : mode == "On" ? "blocked" : "would be blocked"
  uri = field(head, "uri"); sub(/\?.*/, "", uri)
  print "{\"time\":\"" when(field(head, "time_stamp")) "\",\"service\":\"nginx\",\"level\":\"" (denied ? "warn" : "info") "\",\"requestId\":\"" \
    field(head, "unique_id") "\",\"method\":\"" cut(field(head, "method"), 20) "\",\"path\":\"" cut(uri, 200) "\",\"client\":\"" field(head, "client_ip") \
    "\",\"waf\":\"" outcome "\",\"score\":" score + 0 ",\"detectionScore\":" noticed + 0 ",\"rules\":[" rules "],\"msg\":\"WAF " outcome ": rules " ids "\"}\n"
  fflush()
}
