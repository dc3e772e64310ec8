-- What wrk sends: GET of a random path of a file, POST of a random body of a file, each with its own Idempotency-Key, or a random one
-- of whole requests: method, path, cookie, content type and body with tabs between them, and the headers of a browser.
-- wrk … URL -- GET paths.txt [cookie]
-- wrk … URL -- POST bodies.txt key-prefix
-- wrk … URL -- MIX requests.txt key-prefix
-- Prints one JSON line at the end. Runs on one thread, so that the counter gives each request its own key.
local requests, headers, prefix, count = {}, { ["Content-Type"] = "application/json" }, nil, 0

local browser = {
  -- A name, as a shop has: a number for a host is itself suspicious.
  ["Host"] = "localhost",
  ["User-Agent"] = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
  ["Accept"] = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8",
  ["Accept-Language"] = "en-IE,en;q=0.9,de;q=0.7",
  ["Sec-CH-UA"] = '"Chromium";v="142", "Not_A Brand";v="99"',
  ["Sec-CH-UA-Platform"] = '"Linux"',
  ["Sec-Fetch-Site"] = "same-origin",
  ["Sec-Fetch-Mode"] = "navigate",
}

local function mixed(line)
  local method, path, cookie, kind, body = line:match("^(%u+)\t([^\t]*)\t([^\t]*)\t([^\t]*)\t(.*)$")
  local own = {}
  for name, value in pairs(browser) do own[name] = value end
  if cookie ~= "" then own["Cookie"] = cookie end
  if method == "GET" then return wrk.format(method, path, own) end
  own["Content-Type"] = kind
  return function(key)
    own["Idempotency-Key"] = key
    return wrk.format(method, path, own, body)
  end
end

function init(args)
  math.randomseed(os.time())
  local cookie = args[1] == "GET" and args[3] and { ["Cookie"] = args[3] } or nil
  local form = { GET = function(line) return wrk.format("GET", line, cookie) end, MIX = mixed }
  prefix = args[3]
  for line in io.lines(args[2]) do
    requests[#requests + 1] = form[args[1]] and form[args[1]](line) or line
  end
  if args[1] ~= "POST" then headers = nil end
end

local function next_key()
  count = count + 1
  return prefix .. "-" .. count
end

function request()
  local chosen = requests[math.random(#requests)]
  if type(chosen) == "function" then return chosen(next_key()) end
  if not prefix or not headers then return chosen end
  headers["Idempotency-Key"] = next_key()
  return wrk.format("POST", nil, headers, chosen)
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '{"requests":%d,"seconds":%.6f,"p50":%.3f,"p99":%.3f,"refused":%d,"broken":%d}\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
    errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
