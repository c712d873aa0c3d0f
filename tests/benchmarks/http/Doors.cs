using System.Globalization;
using System.Text.Json;
using Torch.Benchmarks.Common;

namespace Torch.Benchmarks.Http;

/// <summary>What a key costs beside no key, and a push URL beside <c>POST /api/v1/reports</c>: the same reports by each door in turn, round by round.</summary>
internal sealed class Doors(RunningTorch torch, int reports, int rounds)
{
    private const int Sources = 100;
    private const int Connections = 64;

    // The first ones are beside no key, all others beside a key.
    private const int Plain = 3;

    private sealed record Door(string Name, IReadOnlyList<byte[]> Requests)
    {
        public List<double> CpuPerThousand { get; } = [];
    }

    public async Task PrintAsync()
    {
        var key = await KeyAsync();
        var doors = new List<Door>
        {
            new("POST /api/v1/reports, no key asked", Each(s => Report(s, null))),
            new("POST /api/v1/reports, a key", Each(s => Report(s, key))),
            new("POST /api/v1/reports, no key asked, once more", Each(s => Report(s, null))),
            new("/api/push/{token} (Uptime Kuma)", []),
            new("/ping/{uuid} (Healthchecks)", []),
            new("/api/v1/endpoints/{key}/external (Gatus)", []),
        };
        var tokens = await Task.WhenAll(Enumerable.Range(0, Sources).Select(TokenAsync));
        doors[3] = doors[3] with { Requests = Each(s => Get($"/api/push/{tokens[s]}?status=up&msg=OK&ping=12.5")) };
        doors[4] = doors[4] with { Requests = Each(s => Get($"/ping/{tokens[s]}")) };
        doors[5] = doors[5] with { Requests = Each(s => Gatus(s, tokens[s])) };
        foreach (var door in doors)
            await SendAsync(door.Requests, reports / 2);
        for (var round = 0; round < rounds; round++)
            // There and back again: what grows meanwhile is nobody's cost.
            foreach (var door in round % 2 == 0 ? doors : doors.AsEnumerable().Reverse())
                door.CpuPerThousand.Add(
                    (
                        await Measurement.TakeAsync(
                            door.Name,
                            reports,
                            torch.Meter,
                            () => SendAsync(door.Requests, reports)
                        )
                    ).CpuPerThousand
                );
        foreach (var door in doors)
            Console.WriteLine(Line(door, doors[doors.IndexOf(door) < Plain ? 0 : 1]));
    }

    // Round by round against what it is compared with, because the machine is not the same in each.
    private static string Line(Door door, Door beside)
    {
        var more = door.CpuPerThousand.Zip(beside.CpuPerThousand, (a, b) => (a / b - 1) * 100).ToList();
        var (mean, cost) = (more.Average(), door.CpuPerThousand.Average());
        var error = Math.Sqrt(more.Sum(m => (m - mean) * (m - mean)) / (more.Count - 1) / more.Count);
        FormattableString against = $", {mean:+0.0;-0.0} % (± {error:0.0}) beside {beside.Name}";
        return string.Create(CultureInfo.InvariantCulture, $"{door.Name}: {cost:0.0} CPU ms per 1,000")
            + (door == beside ? "" : FormattableString.Invariant(against));
    }

    private static IReadOnlyList<byte[]> Each(Func<int, byte[]> request) =>
        [.. Enumerable.Range(0, Sources).Select(request)];

    private byte[] Report(int source, string? key) =>
        LoadConnection.Request(
            torch.Address,
            "POST /api/v1/reports",
            $$"""{"source":"door/{{source}}","value":12.5,"message":"OK","status":"up"}""",
            key
        );

    private byte[] Get(string path) => LoadConnection.Request(torch.Address, "GET " + path, null, null);

    private byte[] Gatus(int source, string token) =>
        LoadConnection.Request(
            torch.Address,
            $"POST /api/v1/endpoints/door_{source}/external?success=true&duration=12ms",
            "",
            token
        );

    private async Task<string> KeyAsync() => (
            await torch.PostAsync(
                "/api/v1/keys",
                new
                {
                    name = "bench",
                    scopes = new[] { "ingest" },
                    perSecond = 1_000_000,
                }
            )
        ).GetProperty("key").GetString()!;

    private async Task<string> TokenAsync(int source) =>
        (await torch.PostAsync("/api/v1/push-keys", new { source = $"door/{source}" }))
            .GetProperty("token")
            .GetString()!;

    // Until everything is evaluated and projected, which is part of what a report costs.
    private async Task SendAsync(IReadOnlyList<byte[]> requests, int count)
    {
        var next = 0;
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(WorkAsync)));
        var system = JsonElement.Parse(await torch.Client.GetStringAsync("/api/v1/system"));
        await torch.CatchUpAsync(system.GetProperty("head").GetInt64());

        async Task WorkAsync()
        {
            using var connection = await LoadConnection.OpenAsync(torch.Address);
            while (Interlocked.Increment(ref next) is var n && n <= count)
                await connection.AskAsync(requests[n % requests.Count]);
        }
    }
}
