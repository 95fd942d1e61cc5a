using System.CommandLine;
using System.Globalization;
using Expflow.Cli.Screens;
using Expflow.Detection;

namespace Expflow.Cli.Commands;

/// <summary><c>expflow env</c>: what this machine and its cluster are, and what could not be learnt of them.</summary>
internal sealed class EnvCommand(Composition with)
{
    private const int UsualSeconds = 5;

    public static Command Create(Composition with)
    {
        var timeout = new Option<int>("--timeout")
        {
            Description = "Seconds to wait for each answer. All are asked at once.",
            DefaultValueFactory = _ => UsualSeconds,
            HelpName = "SECONDS",
        };
        timeout.Validators.Add(given =>
        {
            if (
                given.Tokens.Count > 0
                && (
                    !int.TryParse(given.Tokens[0].Value, CultureInfo.InvariantCulture, out var number)
                    || number is < 1 or > 3600
                )
            )
                given.AddError($"'--timeout {given.Tokens[0].Value}' is no number of seconds. Give 1 to 3600.");
        });
        var json = SharedOptions.Json();
        var command = new Command(
            "env",
            "Show what this machine and its cluster have: scratch, accounts, partitions, GPUs, limits, software. What could not be learnt is said.\n\nExample: expflow env --timeout 20"
        )
        {
            timeout,
            json,
        };
        command.SetAction(
            async (parsed, _) =>
                await new EnvCommand(with).Run(TimeSpan.FromSeconds(parsed.GetValue(timeout)), parsed.GetValue(json))
        );
        return command;
    }

    private async Task<int> Run(TimeSpan limit, bool json)
    {
        var report = await Survey(with, limit).LookAsync();
        if (json)
            EnvJson.Print(with.Terminal, report);
        else
            new EnvScreen(with.Terminal, report).Show();
        return ExitCode.Done;
    }

    /// <summary>Looks at this machine and its cluster.</summary>
    public static SiteSurvey Survey(Composition with, TimeSpan limit) =>
        new(
            new(with.Programs, with.Time, with.Random),
            with.Programs.Environment,
            Composition.Host,
            new(limit, with.Time),
            with.Time
        );
}
