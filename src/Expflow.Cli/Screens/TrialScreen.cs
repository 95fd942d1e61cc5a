using System.Globalization;
using Expflow.Experiments;
using Expflow.Parameters;
using Expflow.Slurm;
using Expflow.Templates;
using Expflow.Trials;

namespace Expflow.Cli.Screens;

/// <summary>What a trial does and finds.</summary>
internal sealed class TrialScreen(Terminal terminal)
{
    private const string Unknown = "unknown";

    /// <summary>What is to be tried.</summary>
    public void ShowPlan(TrialPlan plan, Experiment experiment)
    {
        foreach (var tried in plan.Stages)
        {
            var variants = tried.Phases.Select(phase => phase.Variant).Distinct().Count();
            var longest = tried.LongestWith(TrialScript.LimitOf(tried.Stage, experiment.Trial));
            terminal.Line(
                $"{experiment.Name}, stage {tried.Stage.Name}: {Joined(experiment.Trial.Workers)} at a time on {DecisionText.Count(tried.Stage.Resources.Gpus!.Value.Count, "GPU")}, {DecisionText.Count(variants, "variant")}, {DecisionText.Count(tried.Tasks.Count, "run")}; at most {Durations.Words(longest)}."
            );
        }
        foreach (var (stage, why) in plan.LeftOut)
            terminal.Line($"Stage {stage} is left out: it {why}.");
    }

    /// <summary>The exact call.</summary>
    public void ShowCall(SbatchRequest request)
    {
        terminal.Line($"sbatch {string.Join(' ', request.Arguments().Select(ShellQuoting.Word))} <<'SCRIPT'");
        terminal.Out.Write(request.Script);
        terminal.Line("SCRIPT");
    }

    /// <summary>The job that measures a stage.</summary>
    public void ShowJob(TrialStage tried, SlurmJob job) =>
        terminal.Line($"Job {job.Id} tries stage {tried.Stage.Name} out.");

    /// <summary>One measure, as it comes.</summary>
    public void ShowMeasure(TrialMeasure measure)
    {
        var failed = measure.Failed > 0 ? $", {measure.Failed} failed: {measure.Reason}" : "";
        terminal.Line(
            $"  {measure.Stage}{NameOf(measure.Variant)}: {measure.Workers} at a time, {Figures.Of(measure.PerHour)} runs an hour on each GPU{failed}"
        );
        terminal.Flush();
    }

    /// <summary>All of it.</summary>
    /// <param name="report">What was found.</param>
    /// <param name="missing">How many phases have no measure.</param>
    /// <param name="folder">The trial.</param>
    public void ShowReport(TrialReport report, int missing, TrialFolder folder)
    {
        foreach (var stage in report.Rows.GroupBy(row => row.Measure.Stage))
            ShowStage(stage.Key, [.. stage]);
        if (missing > 0)
            terminal.Line(
                $"{DecisionText.Count(missing, "setting")} not measured: '{folder.Project.Root}' has what each job said, in STAGE.log."
            );
        foreach (var choice in report.Choices)
            terminal.Line(WordsOf(choice));
    }

    private void ShowStage(string stage, TrialRow[] rows)
    {
        terminal.Line();
        terminal.Line($"stage {stage} on {rows[0].Measure.Gpu ?? "GPUs of an unknown type"}");
        var table = new TextTable()
            .Column("variant")
            .Column("at a time", right: true)
            .Column("runs/h", right: true)
            .Column("gain", right: true)
            .Column("each", right: true)
            .Column("GPU memory", right: true)
            .Column("GPU use", right: true)
            .Column("criteria");
        foreach (var row in rows)
            table.Row(
                row.Measure.Variant.Count == 0 ? "-" : row.Measure.Variant.ToString(),
                Text(row.Measure.Workers),
                Figures.Of(row.Measure.PerHour),
                row.Gain is { } gain ? $"×{gain.ToString("0.00", CultureInfo.InvariantCulture)}" : Unknown,
                row.Measure.Median is { } median ? Durations.Words(TimeSpan.FromSeconds(median)) : Unknown,
                row.Measure.GpuMemory is { } memory ? Figures.Bytes(memory) : Unknown,
                row.Measure.GpuUse is { } use ? $"{use.ToString("0", CultureInfo.InvariantCulture)} %" : Unknown,
                Verdict(row)
            );
        table.Print(terminal.Out);
    }

    private static string Verdict(TrialRow row)
    {
        var broken = row.Checks.Where(check => check.Held == false).Select(check => $"{check.Name}: {check.Found}");
        var unknown = row.Checks.Where(check => check.Held is null).Select(check => $"{check.Name}: unknown");
        string[] words = [row.Passed ? "pass" : "fail", .. broken, .. unknown];
        return string.Join("; ", words);
    }

    private static string WordsOf(TrialProposal choice)
    {
        if (choice.Workers is not { } workers)
            return $"No setting of stage {choice.Stage} can be proposed: with each of them some run failed.";
        var gain = choice.Gain is { } times
            ? $", {times.ToString("0.0", CultureInfo.InvariantCulture)} times as many an hour as one at a time"
            : "";
        var runs = $"{DecisionText.Count(workers, "run")} at a time on each GPU{(workers == 1 ? "" : gain)}";
        return choice.Meets
            ? $"Best for stage {choice.Stage}: {runs}. In the file: 'pool: {{workers_per_gpu: {workers}}}'."
            : $"No setting of stage {choice.Stage} meets all criteria. Fastest without a failure: {runs}.";
    }

    private static string NameOf(ParameterSet variant) => variant.Count == 0 ? "" : $" {variant}";

    private static string Joined(IReadOnlyList<int> numbers) =>
        numbers.Count == 1 ? Text(numbers[0]) : $"{string.Join(", ", numbers.SkipLast(1))} and {numbers[^1]}";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
