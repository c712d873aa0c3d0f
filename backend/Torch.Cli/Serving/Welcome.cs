namespace Torch.Cli.Serving;

/// <summary>What a person reads when Torch is ready.</summary>
internal static class Welcome
{
    public static string Text(string address, string data, string database, string? setup) =>
        $$"""

            Torch {{Version}} is ready: {{address}}
              data      {{data}}
              database  {{database}}{{Account(address, setup)}}

            Send a first report, from another terminal:
              curl {{address}}/api/v1/reports -H 'content-type: application/json' \
                -d '{"source": "backup/db1", "value": 42, "message": "hello"}'
            Then open {{address}} and place it: it waits under "Unplaced reports". Or let Torch ask a site of yours:
              {{Command}} checks add https://example.org --place-under Sites{{Elsewhere(address)}}
            Ctrl-C stops everything.

            """;

    // Behind the # it reaches no log of a proxy.
    private static string Account(string address, string? setup) =>
        setup is null ? "" : $"\n  account   make the first one at {address}/setup#{setup}";

    private static string Command => Places.IsCheckout ? "npm run --silent torch --" : "torch";

    // Client verbs look there unless they are told.
    private static string Elsewhere(string address) => address == "http://127.0.0.1:8080" ? "" : $" --server {address}";

    private static string Version => typeof(Welcome).Assembly.GetName().Version!.ToString(3);
}
