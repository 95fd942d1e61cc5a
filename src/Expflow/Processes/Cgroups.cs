namespace Expflow.Processes;

/// <summary>The control groups that this process is in. A limit holds for a group and all below it, so that every group on the way up counts: Slurm sets a job's on a group far below the root.</summary>
/// <param name="root">Where <c>/proc</c> and <c>/sys</c> are: <c>/</c> but in tests.</param>
internal sealed class Cgroups(string root)
{
    private const string Mount = "sys/fs/cgroup";

    /// <summary>The folders that may hold limits of a controller, relative to the root, version 2 and 1, innermost first.</summary>
    /// <remarks>Inside a container the path may be the host's and not be there; the mount's own folder is then the container's.</remarks>
    public IEnumerable<string> Folders(string controller)
    {
        // Lines of cgroups(7): 4:memory:/slurm/job_7 in version 1, 0::/slurm/job_7 in version 2.
        foreach (var line in (ProcFile.Read(Path.Combine(root, "proc/self/cgroup")) ?? "").Split('\n'))
        {
            if (line.Split(':', 3) is not [_, var controllers, ['/', ..] path])
                continue;
            if (controllers.Length == 0)
                foreach (var folder in Up(Mount, path).Concat(Up($"{Mount}/unified", path)))
                    yield return folder;
            else if (controllers.Split(',').Contains(controller))
                foreach (var folder in Up($"{Mount}/{controllers}", path).Concat(Up($"{Mount}/{controller}", path)))
                    yield return folder;
        }
        yield return Mount;
        yield return $"{Mount}/{controller}";
    }

    private static IEnumerable<string> Up(string mount, string path)
    {
        for (var at = path; at.Length > 1; at = at[..at.LastIndexOf('/')])
            yield return mount + at;
    }
}
