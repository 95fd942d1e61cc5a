using VectorQuantization.Results;
using Xunit;

namespace VectorQuantization.Tests.Results;

public sealed class ResultPathsTests
{
    [Theory]
    [InlineData("a.db", "b.db", "/run", "a.db")]
    [InlineData(null, "b.db", "/run", "b.db")]
    [InlineData(null, null, "/run", "/run/results.db")]
    [InlineData(null, "", "", "results/vq.db")]
    public void The_command_line_goes_before_the_environment_before_the_run_before_the_default(
        string? option,
        string? variable,
        string? run,
        string path
    ) => Assert.Equal(path, ResultPaths.Database(option, Variables("DB_PATH", variable, run)));

    [Theory]
    [InlineData("a", "b", "/run", "a")]
    [InlineData(null, "b", "/run", "b")]
    [InlineData(null, null, "/run", "/run/codebooks")]
    [InlineData(null, null, null, "results/codebooks")]
    public void Codebooks_go_the_same_way(string? option, string? variable, string? run, string path) =>
        Assert.Equal(path, ResultPaths.Codebooks(option, Variables("CODEBOOKS_DIR", variable, run)));

    private static Func<string, string?> Variables(string name, string? value, string? run) =>
        asked =>
            asked == name ? value
            : asked == "EXPFLOW_RUN_DIR" ? run
            : null;
}
