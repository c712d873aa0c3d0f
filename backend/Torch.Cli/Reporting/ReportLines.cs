using System.Text;
using System.Text.Json;
using Torch.Cli.Client;

namespace Torch.Cli.Reporting;

/// <summary>Reports from standard input: a batch leaves when it is full, or when nothing more has come for a moment.</summary>
internal sealed class ReportLines(Call call, Delivery delivery, TimeSpan patience)
{
    private const int MostLines = 1_000;
    private const int MostBytes = 4 * 1024 * 1024;
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(200);

    private readonly StringBuilder _batch = new();
    private long _lines;
    private long _sent;
    private long _position;

    /// <summary>Reads to the end. Whole batches before a refusal stay stored; the message says which lines were not.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var next = NextAsync(cancellationToken);
        while (true)
        {
            if (
                !next.IsCompleted
                && _lines > _sent
                && await Task.WhenAny(next, Task.Delay(Linger, cancellationToken)) != next
            )
                await SendAsync(cancellationToken);
            if (await next is not { } line)
                break;
            Add(line);
            if (_lines - _sent >= MostLines || _batch.Length >= MostBytes)
                await SendAsync(cancellationToken);
            next = NextAsync(cancellationToken);
        }
        await SendAsync(cancellationToken);
        var answer = JsonSerializer.SerializeToElement(new { accepted = _sent, position = _position });
        await call.SayAsync(answer, _ => $"stored {_sent} reports, the last at position {_position}");
        return ExitCodes.Success;
    }

    // Off this thread: a console's reader blocks while it waits.
    private Task<string?> NextAsync(CancellationToken cancellationToken) =>
        Task.Run(async () => await call.Terminal.Input.ReadLineAsync(cancellationToken), cancellationToken);

    private void Add(string line)
    {
        if (string.IsNullOrWhiteSpace(line))
            return;
        _batch.Append(line).Append('\n');
        _lines++;
    }

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        if (_lines == _sent)
            return;
        try
        {
            var answer = await delivery.SendAsync(_batch.ToString(), patience, cancellationToken);
            _position = answer.GetProperty("position").GetInt64();
        }
        catch (ServerAnswerException refused)
        {
            throw new ServerAnswerException(
                $"lines {_sent + 1} to {_lines} are not stored: {refused.Message}",
                refused.IsAway
            );
        }
        _sent = _lines;
        _batch.Clear();
    }
}
