using System.CommandLine;
using System.Globalization;
using Torch.Cli.Client;
using Torch.Cli.Settings;

namespace Torch.Cli.Monitoring;

/// <summary><c>torch config services</c>: shows and changes the services of the file.</summary>
internal static class ServicesCommand
{
    private static readonly Option<bool> CheckRegex = new("--check-regex")
    {
        Description = "The body must match --regex.",
    };
    private static readonly Option<bool> ToggleRegex = new("--toggle-check-regex")
    {
        Description = "Turn that on or off.",
    };
    private static readonly Option<string?> Regex = new("--regex") { Description = "A regular expression." };
    private static readonly Option<string?> Url = new("--url") { Description = "Another URL." };
    private static readonly Option<string?> Method = new("--method")
    {
        Description = string.Join(", ", ServiceRules.Methods),
    };
    private static readonly Option<double?> Interval = new("--interval-sec", "--interval")
    {
        Description = "5 to 300 seconds; 5 by default.",
    };
    private static readonly Option<double?> Timeout = new("--timeout") { Description = "Seconds; 15 by default." };

    public static Command Create() =>
        new("services", "Show, add, change and remove services of the file.") { Show(), Add(), Update(), Remove() };

    private static Command Show()
    {
        var numbered = new Option<bool>("--numbered") { Description = "With numbers, which update and remove take." };
        var command = new Command("show", "Print the services.") { numbered, ConfigCommand.ConfigPath }.WithJson();
        command.SetAction(
            async (parsed, _) =>
            {
                var services = ServicesFile.Read(PathOf(parsed)).Services;
                var lines = parsed.IsJson()
                    ? [JsonOutput.Line(services)]
                    : services.Select((service, i) => (parsed.GetValue(numbered) ? $"{i + 1}. " : "") + Line(service));
                foreach (var line in lines)
                    await parsed.SayAsync(line);
                return ExitCodes.Success;
            }
        );
        return command;
    }

    private static Command Add()
    {
        var url = new Argument<string>("url") { Description = "http or https." };
        var command = new Command("add", "Add a service.")
        {
            url,
            CheckRegex,
            Regex,
            Method,
            Interval,
            Timeout,
            ConfigCommand.ConfigPath,
        }.WithJson();
        command.SetAction(
            async (parsed, _) =>
            {
                var file = ServicesFile.Read(PathOf(parsed));
                var service = Changed(parsed, new Service(parsed.GetValue(url)!)) with
                {
                    CheckRegex = parsed.GetValue(CheckRegex),
                };
                new ServicesFile([.. file.Services, service]).Write(PathOf(parsed));
                await SayAsync(parsed, file.Services.Count + 1, service);
                return ExitCodes.Success;
            }
        );
        return command;
    }

    private static Command Update()
    {
        var number = Number();
        var command = new Command("update", "Change a service.")
        {
            number,
            Url,
            ToggleRegex,
            Regex,
            Method,
            Interval,
            Timeout,
            ConfigCommand.ConfigPath,
        }.WithJson();
        command.SetAction(
            async (parsed, _) =>
            {
                var file = ServicesFile.Read(PathOf(parsed));
                var index = IndexOf(file, parsed.GetValue(number));
                var old = file.Services[index];
                var service = Changed(parsed, old with { Url = parsed.GetValue(Url) ?? old.Url }) with
                {
                    CheckRegex = old.CheckRegex ^ parsed.GetValue(ToggleRegex),
                };
                new ServicesFile([.. file.Services.Select((s, i) => i == index ? service : s)]).Write(PathOf(parsed));
                await SayAsync(parsed, index + 1, service);
                return ExitCodes.Success;
            }
        );
        return command;
    }

    private static Command Remove()
    {
        var (number, yes) = (Number(), Confirmation.Yes());
        var command = new Command("remove", "Remove a service.") { number, yes, ConfigCommand.ConfigPath }.WithJson();
        command.SetAction(
            async (parsed, ct) =>
            {
                var file = ServicesFile.Read(PathOf(parsed));
                var index = IndexOf(file, parsed.GetValue(number));
                var question = $"Remove {file.Services[index].Url}?";
                if (!await Confirmation.AskAsync(parsed.Terminal(), question, parsed.GetValue(yes), ct))
                    return ExitCodes.Declined;
                new ServicesFile([.. file.Services.Where((_, i) => i != index)]).Write(PathOf(parsed));
                var gone = file.Services[index];
                await parsed.SayAsync(new { number = index + 1, service = gone }, $"removed {gone.Url}");
                return ExitCodes.Success;
            }
        );
        return command;
    }

    private static Task SayAsync(ParseResult parsed, int number, Service service) =>
        parsed.SayAsync(new { number, service }, $"{number}. {Line(service)}");

    private static Service Changed(ParseResult parsed, Service service) =>
        service with
        {
            Regex = parsed.GetValue(Regex) ?? service.Regex,
            Method = parsed.GetValue(Method)?.ToUpperInvariant() ?? service.Method,
            IntervalSec = parsed.GetValue(Interval) ?? service.IntervalSec,
            Timeout = parsed.GetValue(Timeout) ?? service.Timeout,
        };

    private static Argument<int> Number() => new("number") { Description = "As services show --numbered prints it." };

    private static int IndexOf(ServicesFile file, int number) =>
        number >= 1 && number <= file.Services.Count
            ? number - 1
            : throw new SettingException($"there is no service {number}; there are {file.Services.Count}");

    private static string PathOf(ParseResult parsed) => parsed.GetValue(ConfigCommand.ConfigPath)!;

    private static string Line(Service service)
    {
        var regex = service.Regex is { } text ? $"  {(service.CheckRegex ? "matches" : "regex off:")} {text}" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{service.Method} {service.Url}  every {service.IntervalSec:0.###} s, timeout {service.Timeout:0.###} s{regex}"
        );
    }
}
