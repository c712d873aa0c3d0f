using System.Reflection;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace Torch.Agent.Spool;

/// <summary>Which SQLite is used: the system's where it has one that is not older, for that one gets the system's fixes.</summary>
internal static class SqliteLibrary
{
    private static readonly string[] SystemNames = ["libsqlite3.so.0", "libsqlite3.dylib", "winsqlite3.dll"];

    // 3.35.5, which the package brings.
    private const int BundledVersion = 3_035_005;

    private static readonly Lazy<bool> Loaded = new(Load);

    public static void Use() => _ = Loaded.Value;

    private static bool Load()
    {
        NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, Resolve);
        Batteries_V2.Init();
        return true;
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name == "e_sqlite3")
            foreach (var system in SystemNames)
                if (NativeLibrary.TryLoad(system, out var library) && Version(library) >= BundledVersion)
                    return library;
        // The package's own, found as ever.
        return nint.Zero;
    }

    private static int Version(nint library) =>
        NativeLibrary.TryGetExport(library, "sqlite3_libversion_number", out var function)
            ? Marshal.GetDelegateForFunctionPointer<VersionNumber>(function)()
            : 0;

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int VersionNumber();
}
