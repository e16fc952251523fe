namespace Medora.Gateway.Redox;

internal static class RedoxEndpoints
{
    public static void MapRedox(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/redox").AddEndpointFilter<RedoxTokenFilter>();

        group.MapPost("/messages", async (RedoxMessage message, IRedoxInbox inbox, CancellationToken ct) =>
        {
            if (message.Meta is null || message.Meta.Message?.Id is null)
            {
                return Results.BadRequest();
            }
            await inbox.StoreOnceAsync(message, ct);
            return Results.Ok();
        });
    }
}
