using Expflow.Advice;
using Expflow.Experiments;
using Expflow.Problems;

namespace Expflow.Cli.Commands;

/// <summary>Writes advice into an experiment's file, after it has seen that the changed file means the same runs.</summary>
internal sealed class AdviceFile(Composition with, Func<string, Checked<ExperimentInput.Planned>> plan)
{
    private const string ByteOrderMark = "\uFEFF";

    public Checked<AppliedAdvice> Write(AdvisedExperiment advice)
    {
        if (!advice.Reading.Planned.TryGet(out var before) || advice.Reading.File is not { } file)
            return Checked<AppliedAdvice>.Failed(advice.Reading.Planned.Problems);
        var changes = ResourceChange.Of(advice.Stages);
        try
        {
            return Write(before, file, changes);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return new Problem($"'{file}' can't be written: {refused.Message.TrimEnd('.')}. Nothing was changed.");
        }
    }

    private Checked<AppliedAdvice> Write(
        ExperimentInput.Planned before,
        string file,
        IReadOnlyList<ResourceChange> changes
    )
    {
        // A link stays one: what it points at is written.
        var path = Path.Combine(with.Folder, file);
        if (File.ResolveLinkTarget(path, returnFinalTarget: true) is { } target)
            path = target.FullName;
        var whole = File.ReadAllText(path);
        var mark = whole.StartsWith(ByteOrderMark, StringComparison.Ordinal) ? ByteOrderMark : "";
        var text = whole[mark.Length..];
        var edited = ResourceEdit.Make(before.Experiment, text, changes);
        if (edited.Text == text)
            return new AppliedAdvice(file, [], edited.Refused);
        // Beside the file, since what it extends is looked for from there.
        var draft = Path.Combine(Path.GetDirectoryName(file) ?? "", $".{Path.GetFileName(file)}.advice");
        var draftPath = Path.Combine(with.Folder, draft);
        try
        {
            File.WriteAllText(draftPath, mark + edited.Text);
            if (WhyNot(before, draft, changes, edited.Refused) is { } problem)
                return problem;
            File.SetUnixFileMode(draftPath, File.GetUnixFileMode(path));
            File.Move(draftPath, path, overwrite: true);
        }
        finally
        {
            File.Delete(draftPath);
        }
        return new AppliedAdvice(file, LineDiff.Of(text, edited.Text), edited.Refused);
    }

    // The last word has the reader itself: the same runs, and what was advised.
    private Problem? WhyNot(
        ExperimentInput.Planned before,
        string draft,
        IReadOnlyList<ResourceChange> changes,
        IReadOnlyList<Problem> refused
    )
    {
        var planned = plan(draft);
        if (!planned.TryGet(out var after))
            return new(
                $"With the advice in it, '{before.Experiment.File}' would not be fine: {planned.Problems[0].Text} Nothing was changed; write the values yourself."
            );
        var isSame = before.Plan.Runs.Select(run => run.Id).SequenceEqual(after.Plan.Runs.Select(run => run.Id));
        var isAsAdvised = refused.Count > 0 || changes.All(change => Said(after.Experiment, change) == change.Value);
        return isSame && isAsAdvised
            ? null
            : new(
                $"'{before.Experiment.File}' is written in a way that can't be changed safely. Nothing was changed; write the values yourself."
            );
    }

    private static string? Said(Experiment experiment, ResourceChange change) =>
        experiment.Stage(change.Stage)?.Resources is not { } resources
            ? null
            : change.Key switch
            {
                ResourceText.Memory => resources.Memory is { } memory
                    ? ResourceText.Write(change.Key, memory.Bytes)
                    : null,
                ResourceText.Walltime => resources.Walltime is { } walltime
                    ? ResourceText.Write(change.Key, walltime.Duration.TotalSeconds)
                    : null,
                _ => resources.Cpus is { } cpus ? ResourceText.Write(change.Key, cpus) : null,
            };
}
