using System.Runtime.InteropServices;
using VectorQuantization.Numerics;

namespace VectorQuantization.Commands;

/// <summary>The program compiled for AVX-512, which stands beside this one and takes its place where the machine has that.</summary>
/// <remarks>
/// Code compiled ahead of time can't look for AVX-512 as it runs: one program for old processors would leave two thirds of a new
/// one's speed unused. <c>VQ_SIMD=avx2</c> stays with this program.
/// </remarks>
internal static partial class WideBuild
{
    private const string Variable = "VQ_SIMD";
    private const string Suffix = "-avx512";

    /// <summary>Becomes the wider program if there is one and the machine can run it; returns otherwise.</summary>
    public static void Enter(string[] args)
    {
        if (SimdBuild.Name != "avx2" || OnlyTalks(args) || Environment.GetEnvironmentVariable(Variable) == "avx2")
            return;
        if (Environment.ProcessPath is not { } here || !File.Exists(here + Suffix))
            return;
        if (!MachineHasIt())
            return;
        Become(here + Suffix, args);
    }

    // Help and version are there in 5 ms; a second start would double that.
    private static bool OnlyTalks(string[] args) =>
        args.Length == 0 || args.Any(arg => arg is "--help" or "-h" or "-?" or "--version") || args[0].StartsWith('[');

    private static bool MachineHasIt()
    {
        try
        {
            using var cpuInfo = new StreamReader("/proc/cpuinfo");
            return SimdBuild.HasAvx512(cpuInfo);
        }
        catch (IOException)
        {
            return false;
        }
    }

    // Returns only if it fails, as on a file system mounted noexec; this program then does the work itself.
    private static void Become(string program, string[] args) => Execute(program, [program, .. args, null]);

    [LibraryImport("libc", EntryPoint = "execv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Execute(string path, string?[] arguments);
}
