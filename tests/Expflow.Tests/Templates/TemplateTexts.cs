using System.Diagnostics;
using Expflow.Parameters;
using Expflow.Templates;
using Xunit;

namespace Expflow.Tests.Templates;

internal static class TemplateTexts
{
    public static readonly TemplateScope Scope = new(["lr", "seed", "name", "layers"], ["vgae"], ["vgae", "fusion"]);

    public static TemplateValues Values(string name = "x") =>
        new()
        {
            Parameters = ParameterSet.Of(
                ["lr", "name", "layers"],
                [
                    ParameterValue.Of(1e-3),
                    ParameterValue.Of(name),
                    ParameterValue.Of([ParameterValue.Of(64), ParameterValue.Of(32)]),
                ]
            ),
            RunId = "00112233445566778899",
            RunFolder = "/p/runs/a b",
            CodeFolder = "/p/code",
            ProjectFolder = "/p",
            ParametersFile = "/p/runs/a b/parameters.json",
            StageFolders = _ => ["/p/v 1", "/p/v2"],
        };

    public static CommandTemplate Parse(string text)
    {
        var parsed = new TemplateParser(Scope, _ => null).ParseCommand(text);
        Assert.Empty(parsed.Problems);
        Assert.True(parsed.TryGet(out var template));
        return template;
    }

    public static string Problem(string text) =>
        Assert.Single(new TemplateParser(Scope, _ => null).ParseCommand(text).Problems).Text;

    public static string Shell(string command)
    {
        var start = new ProcessStartInfo("/bin/bash", ["-c", command]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }
}
