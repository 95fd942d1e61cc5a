namespace Expflow.Cli.Screens;

/// <summary>Paths as the user would type them.</summary>
internal static class ShownPath
{
    /// <summary>Relative to where the user stands when it is in there or near; absolute otherwise.</summary>
    public static string Of(string path, string folder)
    {
        var relative = Path.GetRelativePath(folder, path);
        return relative.StartsWith("../../..", StringComparison.Ordinal) ? path : relative;
    }
}
