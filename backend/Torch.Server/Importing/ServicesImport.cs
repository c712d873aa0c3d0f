using System.Text.Json.Nodes;
using static Torch.Server.Importing.Loose;

namespace Torch.Server.Importing;

/// <summary>The Universal Monitoring Tool's file: <c>{"services":[...]}</c>.</summary>
internal static class ServicesImport
{
    public static Imported Read(JsonNode? file, string root)
    {
        var builder = new ImportBuilder(root);
        foreach (var service in file.List("services"))
        {
            var url = service.Text("url") ?? "";
            var regex = service.Flag("check_regex") == true ? service.Text("regex") : null;
            builder.Leaf(
                builder.Root,
                NameOf(url),
                Whole(
                    ("kind", "http"),
                    ("interval", Seconds(service.Number("interval_sec") ?? 5)),
                    ("timeout", Seconds(service.Number("timeout") ?? 15)),
                    (
                        "http",
                        Whole(
                            ("url", url),
                            ("method", service.Text("method") is { } method && method != "GET" ? method : null),
                            ("expect", Whole(("bodyMatches", regex)))
                        )
                    )
                )
            );
        }
        return builder.Done();
    }

    // shop.example/login
    private static string NameOf(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) ? (uri.Authority + uri.AbsolutePath).TrimEnd('/') : url;
}
