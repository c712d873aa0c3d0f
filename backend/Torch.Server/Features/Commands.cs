using System.Text.Json;
using FluentValidation;
using Torch.Contracts;
using Torch.EventStore;
using Torch.Server.Http;

namespace Torch.Server.Features;

/// <summary>What a command decided to append.</summary>
/// <param name="Id">Of the node or check.</param>
/// <param name="Streams">Each with its expected version.</param>
/// <param name="Version">Of the node's or check's stream afterwards: the new ETag.</param>
/// <param name="Location">Set by a creation.</param>
internal sealed record Change(Guid Id, IReadOnlyList<StreamAppend> Streams, long Version, string? Location = null)
{
    /// <summary>What changes in its own stream alone, at the version that was decided on.</summary>
    public static Change Of(Guid id, StreamAppend append, string? location = null) =>
        new(id, [append], append.ExpectedVersion!.Value + append.Events.Count, location);
}

/// <summary>
/// Runs a command: find the first answer of a repeated key, decide, append; when another command came first, decide again on what is
/// now true. Who has lost a race queues for the stream from then on, and who comes later queues behind it, so that many who change the
/// same thing at once all come through; only another server can still come first.
/// </summary>
internal sealed class Commands(IEventLog log, Idempotency idempotency, Appended appended)
{
    private const int MostAttempts = 20;

    private readonly StreamTurns _turns = new();

    /// <summary>Of a request with a body.</summary>
    /// <param name="validator">Null where what its JSON says is judged by the decision alone.</param>
    /// <param name="options">How strictly it is read; <see cref="ApiJson.Input"/> where absent.</param>
    public async Task<IResult> RunAsync<T>(
        HttpContext http,
        IValidator<T>? validator,
        Func<T, CancellationToken, Task<Change>> decide,
        JsonSerializerOptions? options = null
    )
        where T : notnull
    {
        var body = await http.ReadJsonAsync(validator, options);
        return await RunAsync(http, body.Bytes, ct => decide(body.Value, ct));
    }

    /// <summary>Of a request without one.</summary>
    public Task<IResult> RunAsync(HttpContext http, Func<CancellationToken, Task<Change>> decide) =>
        RunAsync(http, [], decide);

    public async Task<IResult> RunAsync(HttpContext http, byte[] body, Func<CancellationToken, Task<Change>> decide)
    {
        var key = Idempotency.Of(http, body);
        using var claim = idempotency.Claim(key);
        if (key is not null && await FirstAnswerAsync(http, key) is { } first)
            return first;
        using var turn = _turns.New();
        for (var attempt = 1; attempt <= MostAttempts; attempt++)
        {
            var change = await decide(http.RequestAborted);
            if (await turn.WaitBehindAsync(change.Streams, http.RequestAborted))
                change = await decide(http.RequestAborted);
            var (answer, lost) = await TryAppendAsync(http, change, key);
            if (answer is not null)
                return answer;
            await turn.WaitAsync(lost, http.RequestAborted);
        }
        return Contended.Answer();
    }

    private static readonly Fault Contended = new(
        409,
        "contended",
        "Others keep changing the same thing. Try again.",
        RetryAfterSeconds: 1
    );

    // The answer, or the stream on which another command came first.
    private async Task<(IResult? Answer, Guid Lost)> TryAppendAsync(
        HttpContext http,
        Change change,
        IdempotencyKey? key
    )
    {
        var answer = new Stored(change.Id, change.Version, change.Location);
        var request = new AppendRequest
        {
            Streams = change.Streams,
            Key = key is null ? null : key with { Answer = JsonSerializer.SerializeToUtf8Bytes(answer) },
        };
        switch (await log.AppendAsync(request, http.RequestAborted))
        {
            case AppendOutcome.Appended done:
                appended.Note(done.Position);
                return (Answer(http, answer, done.Position), default);
            case AppendOutcome.Repeated first:
                return (Answer(http, JsonSerializer.Deserialize<Stored>(first.Answer.Span)!, first.Position), default);
            case AppendOutcome.KeyReused:
                return (Idempotency.Reused.Answer(), default);
            case AppendOutcome.VersionConflict conflict:
                return (null, conflict.StreamId);
            case var other:
                throw new InvalidOperationException($"The log answered {other}");
        }
    }

    /// <summary>
    /// Looks a key up before deciding, for the decision may differ by now (a deletion finds nothing to delete). A request that cannot
    /// succeed asks the log: keys are compared before versions.
    /// </summary>
    private async Task<IResult?> FirstAnswerAsync(HttpContext http, IdempotencyKey key)
    {
        var impossible = new StreamAppend(Log.Journal, Guid.CreateVersion7(), [], null, long.MaxValue);
        var request = new AppendRequest { Streams = [impossible], Key = key };
        return await log.AppendAsync(request, http.RequestAborted) switch
        {
            AppendOutcome.Repeated first => Answer(
                http,
                JsonSerializer.Deserialize<Stored>(first.Answer.Span)!,
                first.Position
            ),
            AppendOutcome.KeyReused => Idempotency.Reused.Answer(),
            _ => null,
        };
    }

    private static IResult Answer(HttpContext http, Stored answer, long position)
    {
        http.Response.SetETag(answer.Version);
        var accepted = new Accepted(answer.Id, position, answer.Version);
        return answer.Location is { } location ? Results.Created(location, accepted) : Results.Ok(accepted);
    }

    /// <summary>What is kept with a key.</summary>
    private sealed record Stored(Guid Id, long Version, string? Location);
}
