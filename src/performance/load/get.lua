-- wrk: plain GET; prints one line of JSON at the end.
local print_summary = dofile("src/performance/load/summary.lua")

function done(summary, latency)
  print_summary(summary, latency)
end
