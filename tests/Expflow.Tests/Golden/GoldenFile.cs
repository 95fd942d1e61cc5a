using Xunit;

namespace Expflow.Tests.Golden;

/// <summary>Screens as text files that a review can read: <c>Expected/FEATURE/CASE.txt</c>.</summary>
/// <remarks>With <c>EXPFLOW_ACCEPT=1</c> they are rewritten. What was received instead is kept beside, as <c>CASE.received.txt</c>.</remarks>
internal static class GoldenFile
{
    private static readonly string Folder = Path.Combine(Repository(), "tests/Expflow.Tests/Expected");

    /// <summary>Asserts that the text is what the file says.</summary>
    /// <param name="name"><c>results/over-seed</c>.</param>
    /// <param name="text">What came.</param>
    public static void Match(string name, string text)
    {
        var expected = Path.Combine(Folder, name + ".txt");
        var received = Path.Combine(Folder, name + ".received.txt");
        if (Environment.GetEnvironmentVariable("EXPFLOW_ACCEPT") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(expected)!);
            File.WriteAllText(expected, text);
            File.Delete(received);
            return;
        }
        var wanted = File.Exists(expected) ? File.ReadAllText(expected) : "";
        if (wanted == text)
        {
            File.Delete(received);
            return;
        }
        Directory.CreateDirectory(Path.GetDirectoryName(received)!);
        File.WriteAllText(received, text);
        Assert.Fail($"'{name}' differs from {expected}.\n--- received\n{text}\n--- expected\n{wanted}");
    }

    private static string Repository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Expflow.slnx")))
            folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}
