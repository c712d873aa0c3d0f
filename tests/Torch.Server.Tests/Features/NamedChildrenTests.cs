using System.Net;

namespace Torch.Server.Tests.Features;

public sealed class NamedChildrenTests : TorchTest
{
    private const string Named =
        """{"rules":[{"when":"any child is down or child(\"Payments\") is down","then":"down"}]}""";

    [Fact]
    public async Task A_rule_over_a_child_that_is_not_there_is_refused_with_the_names_that_are()
    {
        var world = new NodeWorld(_client);
        var shop = await world.GroupAsync("shop");
        await world.GroupAsync("payments", shop);
        using var response = await _client.SendAsync("PUT", $"{NodeWorld.Nodes}/{shop}/rules", Named);
        var problem = await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation");
        problem
            .GetProperty("errors")
            .GetProperty("/rules/0/when")[0]
            .GetString()
            .ShouldBe("column 22: no child is called \"Payments\"; expected \"payments\"");
        (await _client.FetchAsync($"{NodeWorld.Nodes}/{shop}/rules")).Number("version").ShouldBe(0);
    }

    [Theory]
    [InlineData("\"not  ( child( \\\"Payments\\\" )   is down )\"", "/rules/0/when", "column 8: ")]
    [InlineData("""{"not":{"clause":"child(\"Payments\") is down"}}""", "/rules/0/when/not/clause", "")]
    public async Task It_is_told_where_it_stands_in_what_was_written(string when, string pointer, string column)
    {
        var shop = await new NodeWorld(_client).GroupAsync("shop");
        var rules = $$$"""{"rules":[{"when":{{{when}}},"then":"down"}]}""";
        using var response = await _client.SendAsync("PUT", $"{NodeWorld.Nodes}/{shop}/rules", rules);
        var problem = await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation");
        problem
            .GetProperty("errors")
            .GetProperty(pointer)[0]
            .GetString()
            .ShouldStartWith($"{column}no child is called \"Payments\"");
    }

    [Fact]
    public async Task A_draft_is_told_of_it_beside_its_answer()
    {
        var shop = await new NodeWorld(_client).GroupAsync("shop");
        var answer = await _client.ExpectAsync(
            HttpStatusCode.OK,
            "POST",
            $"{NodeWorld.Nodes}/{shop}/rules/evaluate",
            Named
        );
        answer.Many("errors").ShouldHaveSingleItem().Text("message").ShouldBe("no child is called \"Payments\"");
    }

    [Fact]
    public async Task Renaming_a_child_that_a_rule_names_is_shown_with_the_rule()
    {
        var world = new NodeWorld(_client);
        var shop = await world.GroupAsync("shop");
        var payments = await world.GroupAsync("Payments", shop);
        await world.DoAsync("PUT", $"{NodeWorld.Nodes}/{shop}/rules", Named);
        (await _client.FetchAsync($"{NodeWorld.Nodes}/{shop}/rules")).TryGetProperty("warnings", out _).ShouldBeFalse();

        await world.DoAsync("PATCH", $"{NodeWorld.Nodes}/{payments}", """{"name":"Pay"}""");
        var rules = await world.UntilAsync(shop, r => r.TryGetProperty("warnings", out _), "/rules");
        rules
            .Many("warnings")
            .ShouldHaveSingleItem()
            .GetString()
            .ShouldBe("Rule 1: no child is called \"Payments\"; the clause never holds.");
    }
}
