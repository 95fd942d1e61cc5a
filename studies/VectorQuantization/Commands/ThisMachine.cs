using System.Reflection;
using VectorQuantization.Numerics;
using VectorQuantization.Results;

namespace VectorQuantization.Commands;

/// <summary>Where this program runs, as result rows tell it.</summary>
internal static class ThisMachine
{
    /// <summary>Version of this program.</summary>
    public static string Version =>
        typeof(ThisMachine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
        ?? "unknown";

    /// <summary>Machine, program and command line.</summary>
    public static MachineFacts Facts(Composition with) =>
        new(
            Environment.MachineName,
            CpuModel(),
            SimdBuild.Name,
            with.Processors,
            Version,
            GitCommit.Of(Environment.CurrentDirectory),
            string.Join(' ', Environment.GetCommandLineArgs().Skip(1).Prepend("vq-benchmark").Select(Quoted))
        );

    private static string CpuModel()
    {
        const string mark = "model name";
        try
        {
            return File.ReadLines("/proc/cpuinfo")
                    .FirstOrDefault(line => line.StartsWith(mark, StringComparison.Ordinal))
                    ?.Split(':', 2)[1]
                    .Trim()
                ?? "unknown";
        }
        catch (IOException)
        {
            return "unknown";
        }
    }

    // As a shell would take it back.
    private static string Quoted(string argument) =>
        argument.Length > 0 && argument.All(c => char.IsAsciiLetterOrDigit(c) || "-_./:=,+@%".Contains(c))
            ? argument
            : $"'{argument.Replace("'", "'\\''")}'";
}
