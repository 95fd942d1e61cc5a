using Expflow.Arrays;
using Expflow.Cli.Commands;
using Expflow.Experiments;
using Expflow.Projects;
using Expflow.Slurm;
using Expflow.Submission;
using Expflow.Templates;

namespace Expflow.Cli.Screens;

/// <summary>What goes out to Slurm, and what Slurm made of it.</summary>
internal sealed class SubmissionScreen(Terminal terminal)
{
    /// <summary>What is new.</summary>
    public void ShowDecision(string experiment, SubmissionDecision decision) =>
        terminal.Line($"{experiment}: {DecisionText.Of(decision)}");

    /// <summary>What it costs at most.</summary>
    public void ShowCost(Dispatching.Draft draft, IReadOnlyList<(Stage Stage, int Runs)> stages)
    {
        foreach (var line in CostText.Lines(stages))
            terminal.Line(line);
        if (draft.Limit is { Most: { } most } limit)
            terminal.Line(
                $"{draft.Tasks:#,0} go out now and {draft.Later.Count:#,0} later: {limit.Words} is {most:#,0}, and your other jobs count too"
            );
        if (draft.Blocked.Count > 0)
            terminal.Line(
                $"{DecisionText.Count(draft.Blocked.Count, "run")} can't go: what they need has failed or isn't on its way. 'expflow status' says which."
            );
    }

    /// <summary>Runs that wait in the queue for runs that go out anew.</summary>
    public void ShowBehind(int runs)
    {
        if (runs > 0)
            terminal.Line(
                $"{DecisionText.Count(runs, "run")} that waited for them in the queue: taken out, and sent again behind them."
            );
    }

    /// <summary>The exact scripts and calls, with a name for each job that doesn't exist yet.</summary>
    public void ShowDryRun(Dispatching.Draft draft, JobScript script, ProjectFolder project)
    {
        var names = NamesOf(draft.Arrays);
        foreach (var array in draft.Arrays)
        {
            terminal.Line();
            terminal.Line(
                $"# {names[array]}: stage {array.Stage.Name}, {DecisionText.Count(array.Tasks.Count, "task")}"
            );
            terminal.Line(CallOf(array, names, project));
            terminal.Out.Write(script.Render(array, ArrayFile.PathOf(project.Arrays, array.Id)));
            terminal.Line("SCRIPT");
        }
        if (draft.Arrays.Count > 0)
        {
            terminal.Line();
            terminal.Line($"scontrol release {string.Join(',', draft.Arrays.Select(array => names[array]))}");
        }
        terminal.Line("Dry run: nothing was written, and nothing was sent.");
    }

    /// <summary>The jobs.</summary>
    public void ShowSent(SendOutcome.Sent sent, Dispatching.Draft draft)
    {
        if (sent.Arrays.Count == 0)
            return;
        var table = new TextTable().Column("job").Column("stage").Column("tasks", right: true).Column("starts");
        foreach (var (array, job) in sent.Arrays)
            table.Row(
                job.ToString(),
                array.Stage.Name,
                $"{array.Tasks.Count:#,0}",
                StartOf(array, sent.Arrays.ToDictionary(one => one.Draft, one => one.Job))
            );
        table.Print(terminal.Out);
        if (sent.Held is { } held)
            terminal.Line(
                $"They are still held: {held}. The next 'expflow' command that submits or recovers releases them."
            );
        terminal.Line($"'expflow status {draft.Arrays[0].Like.Submission.Experiment}' shows how they stand.");
    }

    /// <summary>The sentinel.</summary>
    public void ShowSentinel(SentinelPost.Outcome outcome, bool recovers, int later)
    {
        var duty = (recovers, later) switch
        {
            (true, 0) => "recovers what fails",
            (true, _) => $"recovers what fails and sends the other {later:#,0} out",
            _ => $"sends the other {later:#,0} out when there is room",
        };
        terminal.Line(
            outcome switch
            {
                SentinelPost.Outcome.There there => $"Job {there.Job} {duty}; you can log out.",
                SentinelPost.Outcome.NoRoom no =>
                    $"There was no room for the job that {duty}: {no.Words}. 'expflow recover' does it when you call it.",
                SentinelPost.Outcome.Refused no =>
                    $"Slurm didn't take the job that {duty}: {no.Words}. 'expflow recover' does it when you call it.",
                _ => throw new System.Diagnostics.UnreachableException(),
            }
        );
    }

    /// <summary>What an array waits for, by job.</summary>
    public static string StartOf(ArrayDraft array, IReadOnlyDictionary<ArrayDraft, SlurmJob> jobs) =>
        array.Wait switch
        {
            DraftWait.Corresponding(var arrays) =>
                $"each after its own task of {string.Join(" and ", arrays.Select(one => (one.Job ?? jobs[one.Draft!]).Id))}",
            DraftWait.Tasks(var sources) =>
                $"after {DecisionText.Count(sources.Length, "task")} of {string.Join(" and ", sources.Select(one => (one.Array.Job ?? jobs[one.Array.Draft!]).Id).Distinct())}",
            _ => "at once",
        };

    private static Dictionary<ArrayDraft, string> NamesOf(IReadOnlyList<ArrayDraft> arrays)
    {
        var names = new Dictionary<ArrayDraft, string>();
        foreach (var array in arrays)
        {
            var number = arrays.TakeWhile(one => one != array).Count(one => one.Stage.Name == array.Stage.Name) + 1;
            var several = arrays.Count(one => one.Stage.Name == array.Stage.Name) > 1;
            names.Add(array, $"<{array.Stage.Name}{(several ? $"-{number}" : "")}>");
        }
        return names;
    }

    private static string CallOf(ArrayDraft array, Dictionary<ArrayDraft, string> names, ProjectFolder project)
    {
        var request = ArraySender.RequestOf(array, "", null, project);
        var words = request.Arguments().Select(ShellQuoting.Word).ToList();
        if (WaitText.Of(array.Wait, source => source.Job?.Id.ToString() ?? names[source.Draft!]) is { } wait)
            words.Add($"--dependency={wait}");
        return $"sbatch {string.Join(' ', words)} <<'SCRIPT'";
    }
}
