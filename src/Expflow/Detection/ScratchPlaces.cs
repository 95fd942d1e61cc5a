namespace Expflow.Detection;

/// <summary>Where a user's scratch folder may be: what the site's variables say, then the usual places.</summary>
/// <param name="environment">The user's variables.</param>
/// <param name="user">The user's name.</param>
/// <param name="root">Where the file system begins: <c>/</c> but in tests.</param>
public sealed class ScratchPlaces(IReadOnlyDictionary<string, string> environment, string user, string root = "/")
{
    // What sites set at login. $TMPDIR is none of them: it is small, or a node's own.
    private static readonly string[] Variables =
    [
        "SCRATCH",
        "SCRATCHDIR",
        "SCRATCH_DIR",
        "PSCRATCH",
        "CSCRATCH",
        "MYSCRATCH",
        "USER_SCRATCH",
        "WORK",
        "WORKDIR",
    ];

    /// <summary>Paths and who says so, the likeliest first, each once.</summary>
    public IReadOnlyList<(string Path, string From)> Candidates =>
        [
            .. Variables
                .Select(name => (Path: environment.GetValueOrDefault(name, "").TrimEnd('/'), From: $"${name}"))
                .Where(one => one.Path.StartsWith('/'))
                .Concat(Usual.Select(path => (Path: Path.Combine(root, path), From: "usual place")))
                .DistinctBy(one => one.Path),
        ];

    private string[] Usual =>
        [
            $"scratch/{user}",
            $"scratch/users/{user}",
            $"scratch/work/{user}",
            $"scratch/{user[0]}/{user}",
            $"scratch/home/{user}",
            $"global/scratch/{user}",
            $"global/scratch/users/{user}",
            $"gpfs/scratch/{user}",
            $"lustre/scratch/{user}",
            $"fs/scratch/{user}",
            $"beegfs/scratch/{user}",
            $"work/{user}",
        ];
}
