-- What wrk sends: GET of a random path of a file, or POST of a random body of a file, each with its own Idempotency-Key.
-- wrk … URL -- GET paths.txt
-- wrk … URL -- POST bodies.txt key-prefix
-- Prints one JSON line at the end. Runs on one thread, so that the counter gives each request its own key.
local requests, headers, prefix, count = {}, { ["Content-Type"] = "application/json" }, nil, 0

function init(args)
  math.randomseed(os.time())
  prefix = args[3]
  for line in io.lines(args[2]) do
    requests[#requests + 1] = args[1] == "GET" and wrk.format("GET", line) or line
  end
end

function request()
  local chosen = requests[math.random(#requests)]
  if not prefix then return chosen end
  count = count + 1
  headers["Idempotency-Key"] = prefix .. "-" .. count
  return wrk.format("POST", nil, headers, chosen)
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '{"requests":%d,"seconds":%.6f,"p50":%.3f,"p99":%.3f,"refused":%d,"broken":%d}\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
    errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
