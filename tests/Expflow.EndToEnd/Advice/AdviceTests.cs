using System.Text.Json;
using Expflow.EndToEnd.Tracking;
using Xunit;

namespace Expflow.EndToEnd.Advice;

/// <summary>Advice on runs that hold as much memory as their parameter says, measured by the agent itself.</summary>
public sealed class AdviceTests
{
    private const string Holding = """
        # what a table of rows takes
        experiment: hold
        snapshot: off
        sweep: {grid: {megabytes: [50, 300, 600], seed: [0, 1]}}
        resources:
          cpus: 2          # a guess
          memory: '2G'     # so is this
        command: head -c {megabytes}M /dev/zero | tail -c {megabytes}M | (sleep 1.5; wc -c > {run.dir}/size; echo {seed})
        outputs: [size]
        """;

    [Fact]
    public async Task What_runs_hold_is_measured_advised_written_and_enough()
    {
        using var project = new ScratchProject(Holding);
        Assert.Equal(0, (await project.ShellAsync("expflow run e.yaml")).Code);
        var (code, advice) = await project.ShellAsync("expflow advise hold --json");
        Assert.Equal(0, code);
        Assert.Equal("megabytes: 50 300M, 300 400M, 600 800M", Values(advice, "memory"));

        (code, var printed) = await project.ShellAsync("expflow advise hold --apply");
        Assert.Equal(0, code);
        Assert.Contains("+  memory: '800M'     # so is this", printed);
        var (_, file) = await project.ShellAsync("cat e.yaml");
        // Hardly a third of a core is busy while it waits for its reader.
        Assert.Equal(
            Holding
                .Replace("cpus: 2 ", "cpus: 1 ")
                .Replace("'2G'", "'800M'\n  walltime: 5m")
                .Replace("'800M'\n  walltime: 5m     # so is this", "'800M'     # so is this\n  walltime: 5m"),
            file
        );

        Assert.Equal(0, (await project.ShellAsync("expflow check e.yaml")).Code);
        Assert.Contains("6 runs: 6 already done", (await project.ShellAsync("expflow run e.yaml")).Printed);
        Assert.Equal(0, (await project.ShellAsync("expflow run e.yaml --fresh")).Code);
        Assert.Contains("There is nothing to change", (await project.ShellAsync("expflow advise hold")).Printed);
    }

    [Fact]
    public async Task What_died_for_want_of_memory_is_given_more_than_it_had()
    {
        using var project = new ScratchProject(Holding.Replace("'2G'", "200M"));
        Assert.Equal(1, (await project.ShellAsync("expflow run e.yaml")).Code);
        var (_, advice) = await project.ShellAsync("expflow advise hold --apply --json");
        using var json = JsonDocument.Parse(advice);
        var memory = json.RootElement.GetProperty("stages")[0].GetProperty("resources").GetProperty("memory");
        Assert.Equal(4, memory.GetProperty("not_enough").GetInt32());
        Assert.InRange(memory.GetProperty("next").GetInt64(), 400L << 20, 4L << 30);
        Assert.Contains("memory: ", (await project.ShellAsync("grep memory e.yaml")).Printed);
        Assert.DoesNotContain("memory: 200M", (await project.ShellAsync("cat e.yaml")).Printed);
    }

    [Fact]
    public async Task A_past_submission_is_known_by_the_first_digits_of_its_id()
    {
        using var project = new ScratchProject(Holding);
        await project.ShellAsync("expflow run e.yaml --set megabytes=50");
        await project.ShellAsync("expflow run e.yaml --set megabytes=300");
        var (code, printed) = await project.ShellAsync(
            "expflow advise $(ls .expflow/manifests | head -n 1 | cut -c 1-24) --json"
        );
        Assert.Equal(0, code);
        using var json = JsonDocument.Parse(printed);
        var stage = json.RootElement.GetProperty("stages")[0];
        Assert.Equal((2, 2), (stage.GetProperty("attempts").GetInt32(), stage.GetProperty("done").GetInt32()));
        Assert.InRange(stage.GetProperty("memory_efficiency").GetDouble(), 0.02, 0.1);
    }

    private static string Values(string advice, string key)
    {
        using var json = JsonDocument.Parse(advice);
        var driver = json
            .RootElement.GetProperty("stages")[0]
            .GetProperty("resources")
            .GetProperty(key)
            .GetProperty("goes_with");
        var values = driver
            .GetProperty("values")
            .EnumerateArray()
            .Select(value => $"{value.GetProperty("value").GetString()} {value.GetProperty("write").GetString()}");
        return $"{driver.GetProperty("parameter").GetString()}: {string.Join(", ", values)}";
    }
}
