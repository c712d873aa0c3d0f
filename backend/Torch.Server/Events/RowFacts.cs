using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Torch.Domain;
using Torch.Domain.Checks;

namespace Torch.Server.Events;

/// <summary>
/// What an observation's row in the log says is not said again in its data: the check is the stream, and a report without a time of its
/// own was so when the log took it. That is a quarter of an observation's bytes.
/// </summary>
internal static class RowFacts
{
    private static readonly JsonSerializerOptions Options = new(EventJson.Default.Options)
    {
        TypeInfoResolver = EventJson.Default.WithAddedModifier(LeaveOut),
    };

    /// <summary>How an event type is written and read.</summary>
    public static JsonTypeInfo Shape(Type type) =>
        IsObservation(type) ? Options.GetTypeInfo(type) : EventJson.Default.GetTypeInfo(type)!;

    /// <summary>Before it is written.</summary>
    public static IEvent TakeOut(IEvent @event) =>
        @event switch
        {
            ReportReceived e => e with { CheckId = default },
            ProbeCompleted e => e with { CheckId = default },
            _ => @event,
        };

    /// <summary>After it was read.</summary>
    /// <param name="at">The row's timestamp.</param>
    public static IEvent? PutBack(IEvent? @event, Guid streamId, DateTimeOffset at) =>
        @event switch
        {
            ReportReceived e => e with { CheckId = streamId, At = e.At == default ? at : e.At },
            ProbeCompleted e => e with { CheckId = streamId },
            _ => @event,
        };

    private static bool IsObservation(Type type) => type == typeof(ReportReceived) || type == typeof(ProbeCompleted);

    private static void LeaveOut(JsonTypeInfo shape)
    {
        if (!IsObservation(shape.Type))
            return;
        foreach (var property in shape.Properties)
            if (property.PropertyType == typeof(Guid) || property.PropertyType == typeof(DateTimeOffset))
                property.ShouldSerialize = (_, value) => value is not (Guid or DateTimeOffset) || !IsDefault(value);
    }

    private static bool IsDefault(object value) =>
        value is Guid id ? id == Guid.Empty : value is DateTimeOffset at && at == default;
}
