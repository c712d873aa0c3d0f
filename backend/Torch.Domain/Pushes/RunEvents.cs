namespace Torch.Domain.Pushes;

/// <summary>A script said that it begins. It is no observation: it changes no status, and only that no end follows does.</summary>
/// <param name="RunId">Pairs the beginning with its end, where the script gave one.</param>
public sealed record RunStarted(
    Guid CheckId,
    string Source,
    DateTimeOffset At,
    Guid? RunId = null,
    string? Message = null
) : IEvent;

/// <summary>A script said something that is no verdict: it is kept beside the observations, and changes no status.</summary>
public sealed record NoteReceived(Guid CheckId, string Source, DateTimeOffset At, string Message) : IEvent;
