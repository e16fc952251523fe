namespace Deskly.Channels.Discord;

internal static class DiscordEndpoints
{
    public static void UseDiscord(this WebApplication app)
    {
        app.UseWhen(
            context => context.Request.Path.StartsWithSegments("/channels/discord"),
            branch => branch.UseMiddleware<DiscordSignatureMiddleware>());

        app.MapPost("/channels/discord/interactions", async (
            Interaction interaction, IInteractionQueue queue, CancellationToken ct) =>
        {
            if (interaction.Type == InteractionType.Ping)
            {
                return Results.Json(new { type = 1 });
            }
            await queue.EnqueueOnceAsync(interaction.Id, interaction, ct);
            return Results.Json(new { type = 5 });
        });
    }
}
