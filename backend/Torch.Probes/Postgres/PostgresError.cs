using System.Text;

namespace Torch.Probes.Postgres;

/// <summary>What a server says went wrong, by its SQLSTATE.</summary>
internal static class PostgresError
{
    /// <param name="body">Fields, each a letter and a text with a zero; C is the SQLSTATE, M the sentence.</param>
    public static ProbeFault Fault(byte[] body)
    {
        var fields = Encoding
            .UTF8.GetString(body)
            .Split('\0', StringSplitOptions.RemoveEmptyEntries)
            .GroupBy(field => field[0])
            .ToDictionary(group => group.Key, group => group.First()[1..]);
        var state = fields.GetValueOrDefault('C', "?????");
        return new ProbeFault(Cause(state), $"PostgreSQL answered {state}: {fields.GetValueOrDefault('M', "")}");
    }

    // Class 28: who it is; 3D000: no such database; 57P0x: starting up or shutting down; 53300: too many sessions.
    private static string Cause(string state) =>
        state switch
        {
            ['2', '8', ..] or "3D000" => Causes.Login,
            ['5', '7', 'P', ..] or ['5', '3', ..] or ['0', '8', ..] => Causes.Refused,
            _ => Causes.Query,
        };
}
