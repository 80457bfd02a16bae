-- What wrk measured, as one line of JSON. Its durations are microseconds. "errors" are statuses of 400 and above and
-- requests without an answer.
return function(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '{"requests":%d,"perSecond":%.1f,"p50Ms":%.3f,"p99Ms":%.3f,"errors":%d}\n',
    summary.requests,
    summary.requests * 1e6 / summary.duration,
    latency:percentile(50) / 1000,
    latency:percentile(99) / 1000,
    errors.status + errors.connect + errors.read + errors.write + errors.timeout))
end
