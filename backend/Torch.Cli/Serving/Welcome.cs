namespace Torch.Cli.Serving;

/// <summary>What a person reads when Torch is ready.</summary>
internal static class Welcome
{
    public static string Text(string address, string data, string database) =>
        $$"""

            Torch {{Version}} is ready: {{address}}
              data      {{data}}
              database  {{database}}

            Send a first report, from another terminal:
              curl {{address}}/api/v1/reports -H 'content-type: application/json' \
                -d '{"source": "backup/db1", "value": 42, "message": "hello"}'
            Then open {{address}} and place it: it waits under "Unplaced reports". Ctrl-C stops everything.

            """;

    private static string Version => typeof(Welcome).Assembly.GetName().Version!.ToString(3);
}
