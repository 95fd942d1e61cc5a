using System.Text.Json;
using Expflow.Tests.Golden;
using Xunit;

namespace Expflow.Tests.Advice;

/// <summary>From a recorded history advice finds the law that it was made by.</summary>
public sealed class RecordedHistoryTests : IDisposable
{
    private readonly StoredProject project = new();

    public void Dispose() => project.Dispose();

    [Fact]
    public void Memory_goes_with_width_and_time_with_epochs_and_each_gets_what_the_law_needs()
    {
        RecordedHistory.In(project);
        var main = Advise().GetProperty("stages")[0].GetProperty("resources");
        // 770M, 1410M, 2690M and 5250M; 455 s and 1580 s; 1.875 cores.
        Assert.Equal("width: 64 800M, 128 1500M, 256 2700M, 512 6G", Values(main.GetProperty("memory")));
        Assert.Equal("epochs: 10 10m, 40 30m", Values(main.GetProperty("walltime")));
        Assert.Equal("6G 30m 2", Written(main, "memory", "walltime", "cpus"));
        Assert.False(main.GetProperty("cpus").TryGetProperty("goes_with", out _));
    }

    [Fact]
    public void What_died_of_it_and_was_never_done_needs_more_than_it_had()
    {
        RecordedHistory.In(project, stuck: (_, _, _) => true);
        var memory = Advise().GetProperty("stages")[0].GetProperty("resources").GetProperty("memory");
        Assert.Equal("width: 64 800M, 128 1500M, 256 2700M, 512 8G", Values(memory));
        Assert.Equal(10, memory.GetProperty("not_enough").GetInt32());
        Assert.Equal(4L << 30, memory.GetProperty("not_enough_at").GetInt64());
    }

    [Fact]
    public void A_value_that_never_ran_is_unknown_and_nothing_is_lowered_for_it()
    {
        RecordedHistory.In(project, skip: (width, _, _) => width is 256 or 512);
        var memory = Advise().GetProperty("stages")[0].GetProperty("resources").GetProperty("memory");
        Assert.Equal("width: 64 800M, 128 1500M, 256 , 512 ", Values(memory));
        Assert.Equal(4L << 30, memory.GetProperty("next").GetInt64());
        Assert.False(memory.GetProperty("change").GetBoolean());
    }

    [Theory]
    [InlineData("all", "advise law")]
    [InlineData("json", "advise law --json")]
    [InlineData("efficiency", "advise law --efficiency")]
    [InlineData("efficiency-json", "advise law --efficiency --json")]
    [InlineData("apply-efficiency", "advise law --efficiency --apply")]
    [InlineData("submission", "advise 20261123-120001")]
    [InlineData("unknown", "advise lam")]
    public void The_screen_says_what_it_stands_on(string name, string command)
    {
        RecordedHistory.In(project, skip: (_, _, seed) => seed == 4, stuck: (_, _, seed) => seed == 3);
        GoldenFile.Match($"advise/{name}", project.Type(command.Split(' ')));
    }

    [Fact]
    public void A_file_that_is_gone_leaves_the_advice_and_takes_what_can_be_written()
    {
        RecordedHistory.In(project);
        File.Delete(project["e.yaml"]);
        Assert.Contains(
            "is not there any more. This advice is on the experiment as it was submitted last.",
            project.Type("advise", "law")
        );
        Assert.Contains("--- exit 2", project.Type("advise", "law", "--apply"));
    }

    [Fact]
    public void What_a_template_says_is_refused_and_the_rest_is_written()
    {
        File.WriteAllText(project["base.yaml"], "experiment: b\nresources: {cpus: 8, memory: 4G}\n");
        var yaml = RecordedHistory.File.Replace("{cpus: 8, memory: 4G, walltime: 8h}", "{walltime: 8h}");
        RecordedHistory.In(project, $"extends: base.yaml\n{yaml}");
        var typed = project.Type("advise", "law", "--apply");
        Assert.Contains("base.yaml:2:", typed);
        Assert.Contains("Write 'memory: 6G' here", typed);
        Assert.Contains("+resources: {walltime: 30m}", typed);
        Assert.Contains("--- exit 1", typed);
    }

    [Fact]
    public void Applied_advice_changes_the_values_alone_and_no_runs_id()
    {
        var before = RecordedHistory.In(project);
        GoldenFile.Match("advise/applied", project.Type("advise", "law", "--apply"));
        var now = File.ReadAllText(project["e.yaml"]);
        Assert.Equal(
            RecordedHistory.File.Replace("cpus: 8, memory: 4G, walltime: 8h", "cpus: 2, memory: 6G, walltime: 30m"),
            now
        );
        Assert.Contains("is fine", project.Type("check", project["e.yaml"]));
        Assert.Equal(before.Runs.Select(run => run.Id), project.Submit(now).Runs.Select(run => run.Id));
        Assert.Contains("There is nothing to change", project.Type("advise", "law", "--apply"));
    }

    private JsonElement Advise()
    {
        var typed = project.Type("advise", "law", "--json");
        return JsonDocument
            .Parse(typed[typed.IndexOf('{')..typed.LastIndexOf("---", StringComparison.Ordinal)])
            .RootElement;
    }

    private static string Written(JsonElement resources, params string[] keys) =>
        string.Join(' ', keys.Select(key => resources.GetProperty(key).GetProperty("write").GetString()));

    private static string Values(JsonElement resource)
    {
        var driver = resource.GetProperty("goes_with");
        var values = driver
            .GetProperty("values")
            .EnumerateArray()
            .Select(value => $"{value.GetProperty("value").GetString()} {value.GetProperty("write").GetString()}");
        return $"{driver.GetProperty("parameter").GetString()}: {string.Join(", ", values)}";
    }
}
