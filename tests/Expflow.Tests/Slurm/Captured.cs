using System.Runtime.CompilerServices;

namespace Expflow.Tests.Slurm;

/// <summary>Outputs of Slurm's programs as they were, with ␟ and ␞ for the separators that can't be seen.</summary>
internal static class Captured
{
    internal static string Read(string name, [CallerFilePath] string here = "") =>
        Text(File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "Captured", name)));

    internal static string Text(string text) => text.Replace('␟', '\x1f').Replace('␞', '\x1e');
}
