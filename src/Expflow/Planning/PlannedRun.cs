using Expflow.Experiments;
using Expflow.Parameters;
using Expflow.Runs;

namespace Expflow.Planning;

/// <summary>One stage at one assignment of the parameters that it, or what it needs, uses.</summary>
/// <param name="Id">Its identity.</param>
/// <param name="Stage">The stage.</param>
/// <param name="Parameters">Those parameters and their values, fixed ones included, in the experiment's order.</param>
/// <param name="Needs">The runs that must be done first, in the order of their stages.</param>
public sealed record PlannedRun(RunId Id, Stage Stage, ParameterSet Parameters, RunId[] Needs);
