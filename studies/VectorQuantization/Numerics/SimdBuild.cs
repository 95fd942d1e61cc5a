using System.Runtime.Intrinsics;

namespace VectorQuantization.Numerics;

/// <summary>Which vector instructions this build of the program uses.</summary>
public static class SimdBuild
{
    /// <summary><c>avx512</c>, <c>avx2</c> or <c>128-bit</c>: what stands in result rows.</summary>
    public static string Name =>
        Vector512.IsHardwareAccelerated ? "avx512"
        : Vector256.IsHardwareAccelerated ? "avx2"
        : "128-bit";

    /// <summary>What x86-64-v4, for which the wider program is compiled, needs of the processor: names as in <c>/proc/cpuinfo</c>.</summary>
    private static readonly string[] Avx512Flags = ["avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl"];

    /// <summary>Whether processor and operating system have AVX-512.</summary>
    /// <param name="cpuInfo">The first processor's lines of <c>/proc/cpuinfo</c>; the kernel leaves out flags that it doesn't support.</param>
    public static bool HasAvx512(TextReader cpuInfo)
    {
        while (cpuInfo.ReadLine() is { } line)
        {
            if (!line.StartsWith("flags", StringComparison.Ordinal))
                continue;
            var flags = line.Split(' ').ToHashSet();
            return Avx512Flags.All(flags.Contains);
        }
        return false;
    }
}
