using System.Globalization;
using Expflow.Journal;

namespace Expflow.Executors;

/// <summary>The folders that packed runs work in, one a worker, in the machine's own place for such things.</summary>
internal static class ScratchFolders
{
    private const string Prefix = "expflow-";

    /// <summary>The folder of a worker. The journal's name in it makes it nobody else's, now and later.</summary>
    /// <param name="writer">The name of the agent's journal file.</param>
    /// <param name="number">The worker.</param>
    public static string Of(string writer, int number) =>
        Path.Combine(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"{Prefix}{writer}-{number}"));

    /// <summary>Removes what agents of this project have left that were killed. The caller is the only agent alive.</summary>
    public static void RemoveOld(string journal, string own)
    {
        foreach (var path in Directory.EnumerateDirectories(Path.GetTempPath(), Prefix + "*"))
        {
            var name = Path.GetFileName(path)[Prefix.Length..];
            var writer = name[..Math.Max(0, name.LastIndexOf('-'))];
            if (writer.Length > 0 && writer != own && File.Exists(Path.Combine(journal, writer + JournalFolder.Ending)))
                Remove(path);
        }
    }

    private static void Remove(string path)
    {
        try
        {
            Directory.Delete(path, recursive: true);
        }
        // Litter that can't be removed stops nobody from working.
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException) { }
    }
}
