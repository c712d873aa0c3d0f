using System.Text;

namespace Torch.Server.Events;

/// <summary>A class name as Marten writes it in <c>mt_events.type</c>: <c>ProbeCompleted</c> becomes <c>probe_completed</c>.</summary>
public static class EventAlias
{
    /// <summary>Splits before a capital that follows a small letter or digit, at the end of an acronym, and between a small letter and a digit.</summary>
    public static string Of(string className)
    {
        var alias = new StringBuilder(className.Length + 8);
        for (var i = 0; i < className.Length; i++)
        {
            if (i > 0 && IsWordStart(className, i))
                alias.Append('_');
            alias.Append(char.ToLowerInvariant(className[i]));
        }
        return alias.ToString();
    }

    private static bool IsWordStart(string name, int i)
    {
        var (before, here) = (name[i - 1], name[i]);
        if (char.IsUpper(here))
            return !char.IsUpper(before) || (i + 1 < name.Length && char.IsLower(name[i + 1]));
        return char.IsDigit(here) && char.IsLower(before);
    }
}
