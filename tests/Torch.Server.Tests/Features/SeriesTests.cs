using System.Net;
using System.Text.Json;
using Torch.Domain;

namespace Torch.Server.Tests.Features;

public sealed class SeriesTests(TorchFixture fixture) : IClassFixture<TorchFixture>
{
    private static readonly DateTimeOffset End = new(DateTime.UtcNow.Date.AddDays(-1), TimeSpan.Zero);
    private readonly HttpClient _client = fixture.Client;

    [Theory]
    [InlineData("PT2H", 120, "PT1M")]
    [InlineData("PT3H", 120, null)]
    [InlineData("P1D", 96, "PT15M")]
    [InlineData("P1D", 95, "PT1M")]
    [InlineData("P7D", 96, "PT15M")]
    [InlineData("P60D", 20, "P1D")]
    [InlineData("P30D", 30, "P1D")]
    public async Task Every_window_has_percentiles_from_the_level_that_fits_it(string span, int buckets, string? level)
    {
        var source = $"series/{span}/{buckets}";
        var length = System.Xml.XmlConvert.ToTimeSpan(span);
        var lines = Enumerable
            .Range(1, 200)
            .Select(i => $$"""{"source":"{{source}}","value":{{i}},"at":"{{End - length * (i / 201.0):O}}"}""");
        var sent = await _client.ExpectAsync(
            HttpStatusCode.Accepted,
            "POST",
            "/api/v1/reports/batch",
            "[" + string.Join(',', lines) + "]"
        );
        var path =
            $"/api/v1/checks/{CheckIds.OfSource(source)}/series?from={Text(End - length)}&to={Text(End)}&buckets={buckets}";

        var series = await _client.FetchAsync(path, sent.Number("position"));

        series.GetProperty("level").GetString().ShouldBe(level);
        var filled = series.Many("buckets").Where(b => b.Number("count") > 0).ToList();
        filled.Sum(b => b.Number("count")).ShouldBe(200);
        series.Many("buckets").Count.ShouldBe(buckets);
        var all = await _client.FetchAsync(path.Replace($"buckets={buckets}", "buckets=1"));
        var one = all.Many("buckets").ShouldHaveSingleItem();
        one.GetProperty("p50").GetDouble().ShouldBe(100, 2);
        one.GetProperty("p95").GetDouble().ShouldBe(190, 3);
        one.GetProperty("p99").GetDouble().ShouldBe(198, 3);
        foreach (var bucket in filled)
            bucket.GetProperty("p99").GetDouble().ShouldBeInRange(Number(bucket, "min"), Number(bucket, "max"));
    }

    [Fact]
    public async Task No_data_is_not_bad_and_a_known_gap_says_why()
    {
        var position = (
            await _client.ExpectAsync(
                HttpStatusCode.Accepted,
                "POST",
                "/api/v1/reports",
                $$"""{"source":"series/gap","value":1,"status":"down","at":"{{End.AddMinutes(-30):O}}"}"""
            )
        ).Number("position");
        await fixture.Torch.Database.ExecuteAsync(
            $"insert into torch.absences values (1, '{End.AddHours(-5):O}', '{End.AddHours(-4):O}')"
        );

        var series = await _client.FetchAsync(
            $"/api/v1/checks/{CheckIds.OfSource("series/gap")}/series?from={Text(End.AddHours(-6))}&to={Text(End)}&buckets=6",
            position
        );

        var buckets = series.Many("buckets");
        buckets[1].GetProperty("gap").GetString().ShouldBe("away");
        buckets[2].GetProperty("gap").ValueKind.ShouldBe(JsonValueKind.Null);
        (buckets[2].Number("count"), buckets[5].Number("count"), buckets[5].Number("good")).ShouldBe((0, 1, 0));
        series.Many("gaps").ShouldHaveSingleItem().Text("reason").ShouldBe("away");
    }

    private static double Number(JsonElement bucket, string name) => bucket.GetProperty(name).GetDouble();

    private static string Text(DateTimeOffset at) => Uri.EscapeDataString(at.ToString("O"));
}
