using System.Diagnostics;
using Expflow.Templates;
using Xunit;
using static Expflow.Tests.Templates.TemplateTexts;

namespace Expflow.Tests.Templates;

public sealed class CommandTemplateTests
{
    [Theory]
    [InlineData("train --lr {lr}", "train --lr 0.001")]
    [InlineData("train --out {run.dir}/m.pt", "train --out '/p/runs/a b'/m.pt")]
    [InlineData("train {flags}", "train --lr 0.001 --name x --layers 64 32")]
    [InlineData("train {overrides}", "train lr=0.001 name=x 'layers=[64,32]'")]
    [InlineData("cat {vgae.dir}", "cat '/p/v 1' /p/v2")]
    [InlineData("ssh h \"train {flags}\"", "ssh h \"train --lr 0.001 --name x --layers 64 32\"")]
    [InlineData("awk '{{print $1}}' f", "awk '{print $1}' f")]
    [InlineData("echo ${HOME} ${A:-{}} $(date) {lr}", "echo ${HOME} ${A:-{}} $(date) 0.001")]
    [InlineData("echo {{{lr}}}", "echo {0.001}")]
    [InlineData("train {parameters} {run.id}\n", "train '/p/runs/a b/parameters.json' 00112233445566778899")]
    public void Values_are_put_in(string template, string rendered)
    {
        Assert.Equal(rendered, Parse(template).Render(Values()));
    }

    public static TheoryData<string> Hostile =>
        [
            "plain",
            "",
            "two words",
            "it's",
            "a\"b",
            "$HOME `id` $(id) \\",
            "line\nbreak",
            "*?[a]{b}~!#;&|<>",
            "-n",
            "é ☃ \\n",
            "'; echo gone; '",
        ];

    [Theory]
    [MemberData(nameof(Hostile))]
    public void A_value_reaches_the_program_as_it_is_wherever_it_stands(string value)
    {
        foreach (var (template, expected) in Places(value))
            Assert.Equal(expected, Shell(Parse(template).Render(Values(value))));
    }

    private static IEnumerable<(string Template, string Expected)> Places(string value) =>
        [
            ("printf %s {name}", value),
            ("printf %s a{name}b", $"a{value}b"),
            ("printf %s '<{name}>'", $"<{value}>"),
            ("printf %s \"<{name}>\"", $"<{value}>"),
            ("printf %s $'<{name}>'", $"<{value}>"),
            ("printf %s \"$(printf %s {name}; printf x)\"", $"{value}x"),
            ("printf %s \"$(printf %s '{name}'; printf x)\"", $"{value}x"),
            ("# don't {name}\nprintf %s {name}".Replace("# don't {name}", "# don't"), value),
            ("printf %s it\\'s{name}", $"it's{value}"),
            ("cat <<END\n'{name}\"\nEND\nprintf %s {name}", $"'{value}\"\n{value}"),
            ("cat <<'END'\n'{name}\"\nEND\nprintf %s {name}", $"'{value}\"\n{value}"),
        ];

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Without_a_shell_the_arguments_are_the_same_as_with_one(string value)
    {
        foreach (
            var text in (string[])
                [
                    "printf [%s] {name} 'q {name}' \"d {name} \\\" \\$\" x{name}y '' {flags}",
                    "printf '%s,' {vgae.dir} a\"b\"'c'{lr}",
                ]
        )
        {
            var template = Parse(text.Replace("[%s]", "'%s,'", StringComparison.Ordinal));
            var arguments = template.RenderArguments(Values(value));
            Assert.NotNull(arguments);
            Assert.Equal(Shell(template.Render(Values(value))), Run(arguments));
        }
    }

    [Theory]
    [InlineData("a | b")]
    [InlineData("a; b")]
    [InlineData("a\nb")]
    [InlineData("cd x")]
    [InlineData("A=1 b")]
    [InlineData("a $HOME")]
    [InlineData("a \"$HOME\"")]
    [InlineData("a *.txt")]
    [InlineData("a x{flags}")]
    [InlineData("a {flags}x")]
    [InlineData("{name} a")]
    [InlineData("a > b")]
    [InlineData("a 'open")]
    public void What_only_a_shell_understands_goes_to_a_shell(string text)
    {
        Assert.Null(Parse(text).RenderArguments(Values()));
    }

    [Fact]
    public void A_program_below_the_project_needs_no_shell()
    {
        Assert.Equal(
            ["/p/bin/digits", "--lr", "0.001"],
            Parse("{project.dir}/bin/digits --lr {lr}").RenderArguments(Values())
        );
    }

    [Theory]
    [InlineData("train {lrr}", "'{lrr}' is not defined. Did you mean '{lr}'?")]
    [InlineData("train {run.dri}", "'{run.dri}' is not defined. Did you mean '{run.dir}'?")]
    [InlineData(
        "train {epochs}",
        "'{epochs}' is not defined. Add 'epochs' to 'parameters' or to the sweep, or write '{{epochs}}' for the braces themselves."
    )]
    [InlineData(
        "cat {fusion.dir}",
        "'{fusion.dir}' is the folder of a stage that this one doesn't need. Add 'fusion' to 'needs'."
    )]
    [InlineData("echo `cat {name}`", "'{name}' stands between backticks, where quoting is uncertain. Use $(…).")]
    public void A_placeholder_that_nothing_defines_is_told(string text, string problem)
    {
        Assert.Equal(problem, Problem(text));
    }

    [Fact]
    public void Braces_of_other_languages_are_told_to_be_doubled()
    {
        var problems = new TemplateParser(Scope, _ => null).ParseCommand("awk '{print $1}' {}").Problems;

        Assert.Equal(
            [
                "'{print $1}' is no placeholder. Write '{{' and '}}' for braces.",
                "'{}' is no placeholder. Write '{{' and '}}' for braces.",
            ],
            problems.Select(problem => problem.Text)
        );
    }

    [Fact]
    public void A_template_knows_what_it_uses()
    {
        var template = Parse("train {seed} {lr} '{lr}' {vgae.dir}");

        Assert.Equal(["seed", "lr"], template.UsedParameters);
        Assert.Equal(["vgae"], template.UsedStages);
        Assert.False(template.UsesAllParameters);
        Assert.True(Parse("train {flags}").UsesAllParameters);
    }

    private static string Run(IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo("/bin/bash", ["-c", "\"$@\"", "bash", .. arguments])
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }
}
