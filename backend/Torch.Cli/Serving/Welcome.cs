namespace Torch.Cli.Serving;

/// <summary>What a person reads when Torch is ready.</summary>
/// <param name="setup">What the first account is made with; null where there is one.</param>
internal sealed class Welcome(string address, string data, string database, string? setup)
{
    /// <summary>The same for a program.</summary>
    public object Facts =>
        new
        {
            version = Version,
            address,
            data,
            database,
            account = Setup,
        };

    public string Text =>
        $$"""

            Torch {{Version}} is ready: {{address}}
              data      {{data}}
              database  {{database}}{{Account}}

            Send a first report, from another terminal:
              curl {{address}}/api/v1/reports -H 'content-type: application/json' \
                -d '{"source": "backup/db1", "value": 42, "message": "hello"}'
            Then open {{address}} and place it: it waits under "Unplaced reports". Or let Torch ask a site of yours:
              {{Command}} checks add https://example.org --place-under Sites{{Elsewhere}}
            Ctrl-C stops everything.

            """;

    // Behind the # it reaches no log of a proxy.
    private string? Setup => setup is null ? null : $"{address}/setup#{setup}";

    private string Account => setup is null ? "" : $"\n  account   make the first one at {Setup}";

    private static string Command => Places.IsCheckout ? "npm run --silent torch --" : "torch";

    // Client verbs look there unless they are told.
    private string Elsewhere => address == "http://127.0.0.1:8080" ? "" : $" --server {address}";

    private static string Version => typeof(Welcome).Assembly.GetName().Version!.ToString(3);
}
