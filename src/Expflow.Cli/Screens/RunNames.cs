using Expflow.Manifests;

namespace Expflow.Cli.Screens;

/// <summary>Runs by the names that people know them by.</summary>
internal static class RunNames
{
    /// <summary><c>main lr=0.1,seed=3</c>: the stage, and what tells its runs apart.</summary>
    public static string Of(ManifestRun run)
    {
        var folder = Path.GetFileName(run.Folder);
        var dash = folder.LastIndexOf('-');
        return dash < 0 ? run.Stage : $"{run.Stage} {folder[..dash]}";
    }
}
