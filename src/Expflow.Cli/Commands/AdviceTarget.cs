using Expflow.Indexing;
using Expflow.Problems;
using Expflow.Runs;

namespace Expflow.Cli.Commands;

/// <summary>What advice is wanted on: an experiment, or one submission of it.</summary>
/// <param name="Experiment">The experiment's name.</param>
/// <param name="Submission">Only this submission; null for all.</param>
internal sealed record AdviceTarget(string Experiment, SubmissionId? Submission)
{
    private const int FewestDigits = 8;

    /// <summary>An experiment by its name or file, or a submission by the first digits of its id.</summary>
    public static Checked<AdviceTarget> Of(RunIndex index, string? word)
    {
        var submissions =
            word is { Length: >= FewestDigits } && word.All(c => char.IsAsciiHexDigit(c) || c == '-')
                ? index
                    .Experiments()
                    .SelectMany(name => index.Submissions(name).Select(id => new AdviceTarget(name, id)))
                    .Where(one => one.Submission.ToString()!.StartsWith(word, StringComparison.Ordinal))
                    .ToList()
                : [];
        if (submissions.Count == 1)
            return submissions[0];
        if (submissions.Count > 1)
            return new Problem(
                $"'{word}' could be any of {submissions.Count} submissions. Name one of them:{string.Concat(submissions.Take(8).Select(one => $"\n  {one.Submission}  {one.Experiment}"))}"
            );
        var chosen = SubmittedExperiments.ChooseOne(index, word);
        return chosen.TryGet(out var name)
            ? new AdviceTarget(name, null)
            : Checked<AdviceTarget>.Failed(chosen.Problems);
    }
}
