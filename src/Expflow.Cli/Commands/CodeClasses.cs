using Expflow.Manifests;
using Expflow.Projects;
using Expflow.Runs;

namespace Expflow.Cli.Commands;

/// <summary>Which submissions ran the same code.</summary>
internal sealed class CodeClasses(ProjectFolder project)
{
    private readonly Dictionary<SubmissionId, string?> codes = [];
    private readonly List<ManifestHeader> firsts = [];

    /// <summary>The git tree of the first submission seen that ran the same code; null when nobody knows.</summary>
    public string? Of(SubmissionId submission)
    {
        if (!codes.TryGetValue(submission, out var code))
            codes[submission] = code = Find(submission);
        return code;
    }

    private string? Find(SubmissionId submission)
    {
        if (ManifestFile.ReadHeader(project.Manifests, submission) is not { Version: { } version } header)
            return null;
        var same = firsts.Find(first => first.Version!.Tree == version.Tree || CodeAge.IsSame(project, first, header));
        if (same is null)
            firsts.Add(same = header);
        return same.Version!.Tree;
    }
}
