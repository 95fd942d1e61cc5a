namespace Expflow.Executors;

/// <summary>Success is proved: every declared output is there and holds something.</summary>
public static class OutputProof
{
    /// <summary>The declared outputs that are missing or empty in the run's folder. A folder holds something when any file in it does.</summary>
    public static IReadOnlyList<string> Missing(string runFolder, IReadOnlyList<string> outputs) =>
        [.. outputs.Where(output => !HoldsSomething(Path.Combine(runFolder, output)))];

    private static bool HoldsSomething(string path)
    {
        if (File.Exists(path))
            return new FileInfo(path).Length > 0;
        return Directory.Exists(path)
            && new DirectoryInfo(path).EnumerateFiles("*", SearchOption.AllDirectories).Any(file => file.Length > 0);
    }
}
