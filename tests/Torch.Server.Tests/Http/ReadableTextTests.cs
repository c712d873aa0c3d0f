using System.Net;
using Torch.Server.Tests.Features;

namespace Torch.Server.Tests.Http;

/// <summary>Answers are read by people in a terminal, too.</summary>
public sealed class ReadableTextTests : TorchTest
{
    [Fact]
    public async Task Signs_and_letters_in_answers_stand_as_they_were_written()
    {
        const string name = "R&D's <Straße> + 値";
        await _client.ExpectAsync(
            HttpStatusCode.Created,
            "POST",
            "/api/v1/statuses",
            $$"""
            {"name":"limping","label":"{{name}}","severity":15,"available":true,"shape":"triangle","colour":"#ffaa00"}
            """
        );

        (await _client.GetStringAsync("/api/v1/statuses")).ShouldContain(name);
        using var refused = await _client.SendAsync("GET", "/api/v1/nodes?limit='<x>'");
        refused.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        (await refused.Content.ReadAsStringAsync()).ShouldNotContain("\\u00");
    }
}
