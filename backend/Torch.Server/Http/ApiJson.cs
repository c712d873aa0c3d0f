using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Torch.Contracts.Json;

namespace Torch.Server.Http;

/// <summary>How the API writes JSON, and how strictly it reads it.</summary>
internal static class ApiJson
{
    /// <summary>For answers. Deep trees are written whole.</summary>
    public static JsonSerializerOptions Output { get; } = Configure(new JsonSerializerOptions { MaxDepth = 4096 });

    /// <summary>For requests: unknown and doubled members, wrong types and unsound text are refused.</summary>
    public static JsonSerializerOptions Input { get; } = Strict();

    /// <summary>As <see cref="Input"/>, but members it does not know are passed over, as Torch v1 did.</summary>
    public static JsonSerializerOptions LenientInput { get; } =
        new(Input) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip };

    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        // People read answers in a terminal: "<" stays what it is. Every answer says its type and nosniff, and none is put into HTML.
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.Converters.Add(new Iso8601DurationConverter());
        options.Converters.Add(new UtcTimeConverter());
        return options;
    }

    /// <summary>As <see cref="Input"/>, but a type takes also these members, whatever they hold, and forgets them.</summary>
    public static JsonSerializerOptions Taking<T>(params IReadOnlyList<string> members)
    {
        var resolver = new DefaultJsonTypeInfoResolver();
        resolver.Modifiers.Add(info =>
        {
            foreach (var name in info.Type == typeof(T) ? members : [])
            {
                var member = info.CreateJsonPropertyInfo(typeof(JsonElement?), name);
                member.Set = static (_, _) => { };
                info.Properties.Add(member);
            }
        });
        return new(Input) { TypeInfoResolver = resolver };
    }

    private static JsonSerializerOptions Strict()
    {
        var options = Configure(new JsonSerializerOptions { MaxDepth = BodyLimits.JsonDepth });
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.AllowDuplicateProperties = false;
        // First, so that it is asked before the one that answers with a .NET type's name.
        options.Converters.Insert(0, new NamedEnumConverter());
        options.Converters.Add(new SoundStringConverter());
        options.Converters.Add(new FiniteDoubleConverter());
        options.Converters.Add(new SoundElementConverter());
        return options;
    }
}
