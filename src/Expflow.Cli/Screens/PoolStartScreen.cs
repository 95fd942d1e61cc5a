using Expflow.Cli.Commands;
using Expflow.Runs;
using Expflow.Templates;

namespace Expflow.Cli.Screens;

/// <summary>What starting a pool does.</summary>
internal static class PoolStartScreen
{
    public static void Show(Terminal terminal, PoolName pool, PoolStarting.Result result)
    {
        if (result.Shown is { } call)
        {
            terminal.Line($"sbatch {string.Join(' ', call.Arguments().Select(ShellQuoting.Word))} <<'SCRIPT'");
            terminal.Out.Write(call.Script);
            terminal.Line("SCRIPT");
            terminal.Line("Dry run: nothing was written, and nothing was started.");
            return;
        }
        if (result.Opened)
            terminal.Line($"Pool '{pool}' is open again.");
        if (result.New == 0)
            terminal.Line(
                $"Pool '{pool}' has {DecisionText.Count(result.There, "allocation")} already; nothing was started. '--add' asks for more."
            );
        else
            terminal.Line(
                $"{DecisionText.Count(result.New, "allocation")} of pool '{pool}': job {result.Job}{Workers(result)}."
            );
        if (result.Held is { } held)
            terminal.Line($"They are still held: {held}. The next 'expflow pool' command releases them.");
        if (result.New > 0)
            terminal.Line(
                $"'expflow submit FILE --pool {pool}' gives it more runs; 'expflow pool status {pool}' shows it."
            );
    }

    public static void PrintJson(Terminal terminal, PoolName pool, PoolStarting.Result result) =>
        JsonOutput.Print(
            terminal,
            json =>
            {
                json.WriteStartObject();
                json.WriteString("pool", pool.ToString());
                json.WriteNumber("allocations", result.There + result.New);
                json.WriteNumber("new", result.New);
                json.WriteString("job", result.Job?.ToString());
                if (result.Workers is { } workers)
                    json.WriteNumber("workers_per_allocation", workers);
                json.WriteBoolean("opened", result.Opened);
                json.WriteString("held", result.Held);
                if (result.Shown is { } call)
                {
                    json.WriteStartArray("call");
                    json.WriteStringValue("sbatch");
                    foreach (var argument in call.Arguments())
                        json.WriteStringValue(argument);
                    json.WriteEndArray();
                    json.WriteString("script", call.Script);
                }
                json.WriteEndObject();
            }
        );

    private static string Workers(PoolStarting.Result result) =>
        result.Workers is { } workers
            ? $", {DecisionText.Count(workers, "run")} at once {(result.New > 1 ? "in each" : "in it")}"
            : "";
}
