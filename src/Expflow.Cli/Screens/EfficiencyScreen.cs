using System.Globalization;
using System.Text.Json;
using Expflow.Advice;
using Expflow.Cli.Commands;

namespace Expflow.Cli.Screens;

/// <summary>What was asked for against what was used, stage by stage.</summary>
internal sealed class EfficiencyScreen(Terminal terminal)
{
    private const string Unknown = "unknown";

    public void Show(AdviceTarget target, IReadOnlyList<StageEfficiency> stages)
    {
        var what = target.Submission is { } submission
            ? $"{target.Experiment}, submission {submission}"
            : target.Experiment;
        terminal.Line(
            $"{what}: {DecisionText.Count(stages.Sum(stage => stage.Attempts), "attempt")}, {stages.Sum(stage => stage.Done):#,0} done, {stages.Sum(stage => stage.Lost):#,0} lost"
        );
        if (stages.Count == 0)
            return;
        PlainTable.Print(
            terminal,
            ["stage", ">attempts", ">lost", ">CPU", "cores", ">memory", "most", ">time", "longest", ">GPU"],
            [.. stages.Select(Used)]
        );
        terminal.Line();
        PlainTable.Print(
            terminal,
            ["stage", ">CPU-hours at most", ">kept", ">used", ">lost", ">GPU-hours kept", ">used", ">lost"],
            [.. stages.Select(Hours)]
        );
        if (stages.Sum(stage => stage.Attempts - stage.Timed) is > 0 and var unseen)
            terminal.Line(
                $"Of {DecisionText.Count(unseen, "attempt")} nobody knows how long they took; they are not in the hours."
            );
    }

    private static string[] Used(StageEfficiency stage) =>
        [
            stage.Stage,
            Figures.Count(stage.Attempts),
            Figures.Count(stage.Lost),
            Percent(stage.Cpu),
            $"{(stage.Cores is { Mean: var used } ? used.ToString("0.0#", CultureInfo.InvariantCulture) : Unknown)} of {Range(stage.CoresAsked.Least, stage.CoresAsked.Most)}",
            Percent(stage.Memory),
            $"{Shown(ResourceText.Memory, stage.PeakMemory)} of {(stage.MemoryAsked is var (least, most) ? Range(least, most) : "not asked")}",
            Percent(stage.Time),
            $"{Shown(ResourceText.Walltime, stage.Elapsed)} of {(stage.WalltimeAsked is var (shortest, longest) ? Range(Time(shortest), Time(longest)) : "not asked")}",
            stage.Gpus == 0 ? "" : Percent(stage.GpuUse),
        ];

    private static string[] Hours(StageEfficiency stage) =>
        [
            stage.Stage,
            AdviceScreen.Hours(stage.CpuHoursAsked),
            AdviceScreen.Hours(stage.CpuHours),
            AdviceScreen.Hours(stage.CpuHoursUsed),
            AdviceScreen.Hours(stage.CpuHoursLost),
            .. stage.Gpus == 0
                ? (string[])["", "", ""]
                :
                [
                    AdviceScreen.Hours(stage.GpuHours),
                    AdviceScreen.Hours(stage.GpuHoursUsed),
                    AdviceScreen.Hours(stage.GpuHoursLost),
                ],
        ];

    private static string Time(Slurm.Walltime time) =>
        ResourceText.Write(ResourceText.Walltime, time.Duration.TotalSeconds);

    private static string Range<T>(T least, T most) => Equals(least, most) ? $"{least}" : $"{least}..{most}";

    private static string Shown(string key, Measured? measured) =>
        measured is null ? Unknown : ResourceText.Show(key, measured.Most);

    private static string Percent(double? share) =>
        share is { } known ? $"{(known * 100).ToString("0", CultureInfo.InvariantCulture)} %" : Unknown;

    public static void PrintJson(Terminal terminal, AdviceTarget target, IReadOnlyList<StageEfficiency> stages) =>
        JsonOutput.Print(
            terminal,
            json =>
            {
                json.WriteStartObject();
                json.WriteString("experiment", target.Experiment);
                json.WriteString("submission", target.Submission?.ToString());
                json.WriteStartArray("stages");
                foreach (var stage in stages)
                    Write(json, stage);
                json.WriteEndArray();
                json.WriteEndObject();
            }
        );

    private static void Write(Utf8JsonWriter json, StageEfficiency stage)
    {
        json.WriteStartObject();
        json.WriteString("stage", stage.Stage);
        json.WriteNumber("attempts", stage.Attempts);
        json.WriteNumber("done", stage.Done);
        json.WriteNumber("lost", stage.Lost);
        json.WriteNumber("timed", stage.Timed);
        AdviceJson.Write(json, "cpu_efficiency", stage.Cpu);
        AdviceJson.Write(json, "cores_used", stage.Cores?.Mean);
        json.WriteNumber("cores_asked", stage.CoresAsked.Most);
        AdviceJson.Write(json, "memory_efficiency", stage.Memory);
        AdviceJson.Write(json, "memory_most", stage.PeakMemory?.Most);
        AdviceJson.Write(json, "memory_asked", stage.MemoryAsked?.Most.Bytes);
        AdviceJson.Write(json, "time_efficiency", stage.Time);
        AdviceJson.Write(json, "elapsed_most", stage.Elapsed?.Most);
        AdviceJson.Write(json, "walltime_asked", stage.WalltimeAsked?.Most.Duration.TotalSeconds);
        json.WriteNumber("gpus", stage.Gpus);
        AdviceJson.Write(json, "gpu_use", stage.GpuUse);
        AdviceJson.Write(json, "cpu_hours_at_most", stage.CpuHoursAsked);
        json.WriteNumber("cpu_hours", stage.CpuHours);
        AdviceJson.Write(json, "cpu_hours_used", stage.CpuHoursUsed);
        json.WriteNumber("cpu_hours_lost", stage.CpuHoursLost);
        json.WriteNumber("gpu_hours", stage.GpuHours);
        AdviceJson.Write(json, "gpu_hours_used", stage.GpuHoursUsed);
        json.WriteNumber("gpu_hours_lost", stage.GpuHoursLost);
        json.WriteEndObject();
    }
}
