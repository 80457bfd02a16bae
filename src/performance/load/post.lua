-- wrk: POST by one driver after another, each with a token of its own; prints one line of JSON at the end.
-- Arguments: the file with a token a line, into how many threads they are shared out, how many of these come before ours.
local threads = 0

function setup(thread)
  thread:set("id", threads)
  threads = threads + 1
end

function init(args)
  requests, sent = {}, 0
  local line = 0
  for token in io.lines(args[1]) do
    if line % tonumber(args[2]) == id + tonumber(args[3]) then
      local headers = { ["Authorization"] = "Bearer " .. token, ["Content-Type"] = "application/json" }
      requests[#requests + 1] = wrk.format("POST", nil, headers, '{"type":"resetPIN"}')
    end
    line = line + 1
  end
end

function request()
  sent = sent % #requests + 1
  return requests[sent]
end

local print_summary = dofile("src/performance/load/summary.lua")

function done(summary, latency)
  print_summary(summary, latency)
end
