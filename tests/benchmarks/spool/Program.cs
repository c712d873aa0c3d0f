using Torch.Benchmarks.Spool;

// What an agent bears, on fsync and against a real `torch serve`, a real `torch agent` and a real nginx; each figure beside its bar.
// usage: [record] [drain] [many] [endpoints]: all of them where none is named
Dictionary<string, Func<Bars, Task>> parts = new(StringComparer.Ordinal)
{
    ["record"] = Recording.MeasureAsync,
    ["drain"] = Draining.MeasureAsync,
    ["many"] = Many.MeasureAsync,
    ["endpoints"] = Endpoints.MeasureAsync,
};
var bars = new Bars();
foreach (var name in args.Length > 0 ? args : [.. parts.Keys])
    await parts[name](bars);
return bars.Missed;
