using Expflow.Parameters;

namespace Expflow.Advice;

/// <summary>A run that the experiment asks for.</summary>
/// <param name="Stage">Its stage.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="Remains">True when it has still to be run, or to be run again.</param>
public sealed record WantedSet(string Stage, ParameterSet Parameters, bool Remains);
