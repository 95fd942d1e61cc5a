using Expflow.Advice;
using Expflow.Experiments;
using Expflow.Tests.Experiments;
using Xunit;

namespace Expflow.Tests.Advice;

public sealed class ResourceEditTests : IDisposable
{
    private readonly ExperimentFiles files = new();

    public void Dispose() => files.Dispose();

    // A file, the changes, the file afterwards.
    public static TheoryData<string, string, string> Changes() =>
        new()
        {
            {
                "resources: {cpus: 8, memory: 4G} # a guess\ncommand: x",
                "main memory 500M",
                "resources: {cpus: 8, memory: 500M} # a guess\ncommand: x"
            },
            {
                "resources:\n  # why\n  memory: '4G'   # quoted\n  cpus: 8\ncommand: x",
                "main memory 500M, main cpus 2",
                "resources:\n  # why\n  memory: '500M'   # quoted\n  cpus: 2\ncommand: x"
            },
            {
                "resources:\n    cpus: 8  # all\n\n# what runs\ncommand: x",
                "main memory 500M, main walltime 1h15m",
                "resources:\n    cpus: 8  # all\n    memory: 500M\n    walltime: 1h15m\n\n# what runs\ncommand: x"
            },
            { "command: x # runs", "main memory 500M", "command: x # runs\nresources: {memory: 500M}" },
            { "command: |\n  x\n  y", "main cpus 2", "experiment: e\nresources: {cpus: 2}\ncommand: |\n  x\n  y" },
            { "resources: {}\ncommand: x", "main cpus 2", "resources: {cpus: 2}\ncommand: x" },
            {
                "resources: {\n  cpus: 8,  # eight\n  }\ncommand: x",
                "main memory 1G",
                "resources: {\n  cpus: 8, memory: 1G,  # eight\n  }\ncommand: x"
            },
            {
                "stages:\n  a: {command: x}\n  b:\n    command: y\n    needs: [a]\n",
                "a memory 1G, b memory 2G, b cpus 3",
                "stages:\n  a: {command: x, resources: {memory: 1G}}\n  b:\n    command: y\n    needs: [a]\n    resources: {memory: 2G, cpus: 3}\n"
            },
            {
                "resources: {memory: 9G}\nstages:\n  a: {command: x}\n  b: {command: y, resources: {memory: 8G}}",
                "a memory 1G, b memory 2G",
                "resources: {memory: 1G}\nstages:\n  a: {command: x}\n  b: {command: y, resources: {memory: 2G}}"
            },
            {
                "resources: {memory: 9G}\nstages:\n  a: {command: x}\n  b: {command: y}",
                "a memory 1G, b memory 1G",
                "resources: {memory: 1G}\nstages:\n  a: {command: x}\n  b: {command: y}"
            },
            {
                "resources: {memory: 9G}\nstages:\n  a: {command: x}\n  b: {command: y}",
                "a memory 1G, b memory 2G",
                "resources: {memory: 9G}\nstages:\n  a: {command: x, resources: {memory: 1G}}\n  b: {command: y, resources: {memory: 2G}}"
            },
            {
                "resources:\r\n  memory: 9G\r\ncommand: x\r\n",
                "main cpus 2",
                "resources:\r\n  memory: 9G\r\n  cpus: 2\r\ncommand: x\r\n"
            },
        };

    [Theory]
    [MemberData(nameof(Changes))]
    public void Values_change_and_nothing_else(string file, string changes, string expected)
    {
        var text = file.Contains("\r\n", StringComparison.Ordinal)
            ? $"experiment: e\r\n{file}"
            : $"experiment: e\n{file}";
        var edited = ResourceEdit.Make(files.Good(text), text, Read(changes));
        Assert.Empty(edited.Refused);
        Assert.Equal(
            expected.StartsWith("experiment") ? expected : text[..(text.Length - file.Length)] + expected,
            edited.Text
        );
        var now = files.Good(edited.Text);
        foreach (var (stage, key, value) in Read(changes))
            Assert.Equal(value, Said(now.Stage(stage)!.Resources, key));
    }

    [Fact]
    public void A_file_in_json_stays_json()
    {
        const string Text = """{"experiment": "e", "resources": {"memory": "9G"}, "command": "x"}""";
        var edited = ResourceEdit.Make(files.Good(Text), Text, Read("main memory 1G, main cpus 2"));
        Assert.Equal("""{"experiment": "e", "resources": {"memory": "1G", "cpus": 2}, "command": "x"}""", edited.Text);
    }

    // What can't be done safely is told with its place and the line to write.
    [Theory]
    [InlineData(
        "resources: {memory: &m 9G}\nenvironment: {variables: {M: *m}}\ncommand: x",
        "e.yaml:2:21: 'memory' of stage 'main' is shared by an anchor, or written in a way that is not changed by a program. Write 'memory: 1G' yourself."
    )]
    [InlineData(
        "stages:\n  a: {command: x, resources: &r {memory: 9G}}\n  main: {command: y, resources: *r}",
        "e.yaml:3:42: 'memory' of stage 'main' is shared by an anchor, or written in a way that is not changed by a program. Write 'memory: 1G' yourself."
    )]
    [InlineData(
        "resources:\n  memory: >-\n    9G\ncommand: x",
        "e.yaml:3:11: 'memory' of stage 'main' is shared by an anchor, or written in a way that is not changed by a program. Write 'memory: 1G' yourself."
    )]
    public void What_is_shared_within_the_file_is_refused(string file, string problem)
    {
        var text = "experiment: e\n" + file;
        var edited = ResourceEdit.Make(files.Good(text), text, Read("main memory 1G"));
        Assert.Equal((text, problem), (edited.Text, files.Text(Assert.Single(edited.Refused))));
    }

    [Fact]
    public void What_stands_in_a_template_is_refused_with_both_lines_that_would_do()
    {
        files.Write("base.yaml", "experiment: b\nresources:\n  memory: 9G\n");
        const string Text = "experiment: e\nextends: base.yaml\ncommand: x\n";
        var edited = ResourceEdit.Make(files.Good(Text), Text, Read("main memory 1G, main cpus 2"));
        Assert.Equal(
            "base.yaml:3:11: 'memory' of stage 'main' stands here, where others may go by it. Write 'memory: 1G' here, or in 'e.yaml' 'resources: {memory: 1G}'.",
            files.Text(Assert.Single(edited.Refused))
        );
        Assert.Equal(Text + "resources: {cpus: 2}", edited.Text.TrimEnd('\n'));
    }

    [Fact]
    public void What_stands_over_the_file_is_refused_by_its_name()
    {
        files.Variables["EXPFLOW_MEMORY"] = "9G";
        const string Text = "experiment: e\nresources: {memory: 4G}\ncommand: x\n";
        var edited = ResourceEdit.Make(files.Good(Text), Text, Read("main memory 1G"));
        Assert.Contains("comes from environment variable EXPFLOW_MEMORY", Assert.Single(edited.Refused).Text);
        Assert.Equal(Text, edited.Text);
    }

    [Fact]
    public void A_diff_names_lines_as_diff_does() =>
        Assert.Equal(
            ["@@ -2 +2 @@", "-b", "+B", "@@ -3,0 +4 @@", "+n", "@@ -5 +5,0 @@", "-e"],
            LineDiff.Of("a\nb\nc\nd\ne\nf", "a\nB\nc\nn\nd\nf")
        );

    private static ResourceChange[] Read(string changes) =>
        [
            .. changes
                .Split(", ")
                .Select(text => text.Split(' '))
                .Select(words => new ResourceChange(words[0], words[1], words[2])),
        ];

    private static string? Said(Resources resources, string key) =>
        key switch
        {
            ResourceText.Memory => resources.Memory.ToString(),
            ResourceText.Walltime => ResourceText.Write(key, resources.Walltime!.Value.Duration.TotalSeconds),
            _ => resources.Cpus.ToString(),
        };
}
