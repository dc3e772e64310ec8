-- Visitors who think between their requests, and for some seconds think so many times less. Each line of the file is a request: method,
-- path, cookie, content type and body with tabs between them.
-- wrk … URL -- requests.txt think-ms calm-seconds busy-seconds times
-- Prints one JSON line at the end: for each second, what was asked, answered in time, answered late, and refused; of buyers and of others.
-- When a request was sent comes back to us by its trace, which every answer continues. Runs on one thread.
local ffi = require("ffi")
ffi.cdef "typedef struct { long s; long ns; } timespec; int clock_gettime(int clock, timespec *time);"
local time = ffi.new("timespec")
local function now()
  ffi.C.clock_gettime(1, time)
  return tonumber(time.s) * 1000 + tonumber(time.ns) / 1e6
end

local requests, count, started = {}, 0, nil
local think, calm, busy, times
local in_time = 1000
asked, good, late, refused, bought, buyers = {}, {}, {}, {}, {}, {}

local function add(counts, at)
  local second = math.floor((at - started) / 1000) + 1
  for empty = #counts + 1, second do counts[empty] = 0 end
  counts[second] = counts[second] + 1
end

function init(args)
  math.randomseed(os.time())
  think, calm, busy, times = tonumber(args[2]), tonumber(args[3]), tonumber(args[4]), tonumber(args[5])
  for line in io.lines(args[1]) do
    local method, path, cookie, kind, body = line:match("^(%u+)\t([^\t]*)\t([^\t]*)\t([^\t]*)\t(.*)$")
    local headers = { ["Host"] = "localhost", ["User-Agent"] = "Mozilla/5.0", ["Traceparent"] = "TRACE" }
    if cookie ~= "" then headers["Cookie"] = cookie end
    if kind ~= "" then headers["Content-Type"] = kind end
    local text = wrk.format(method, path, headers, method == "POST" and body or nil)
    local before, behind = text:match("^(.-)TRACE(.*)$")
    requests[#requests + 1] = { before = before, behind = behind, buys = path == "/api/orders" and 1 or 0 }
  end
  started = now()
end

function delay()
  local second = (now() - started) / 1000
  local is_busy = second >= calm and second < calm + busy
  return math.floor((is_busy and think or think * times) * (0.5 + math.random()))
end

function request()
  local chosen = requests[math.random(#requests)]
  local at = now()
  count = count + 1
  add(asked, at)
  if chosen.buys == 1 then add(buyers, at) end
  return string.format("%s00-%01x%015x%016x-00000000000000b1-00%s", chosen.before, chosen.buys, at * 1000, count, chosen.behind)
end

function response(status, headers)
  local buys, sent = (headers["Traceparent"] or headers["traceparent"] or ""):match("^00%-(%x)(%x%x%x%x%x%x%x%x%x%x%x%x%x%x%x)")
  local at = now()
  if status >= 400 or not sent then return add(refused, at) end
  if at - tonumber(sent, 16) / 1000 > in_time then return add(late, at) end
  add(good, at)
  if buys == "1" then add(bought, at) end
end

local threads = {}
function setup(thread) threads[#threads + 1] = thread end

function done(summary)
  local lists = {}
  for _, name in ipairs({ "asked", "good", "late", "refused", "buyers", "bought" }) do
    local counts = threads[1]:get(name) or {}
    lists[#lists + 1] = string.format('"%s":[%s]', name, table.concat(counts, ","))
  end
  local errors = summary.errors
  io.write(string.format('{%s,"broken":%d}\n', table.concat(lists, ","), errors.connect + errors.read + errors.write + errors.timeout))
end
