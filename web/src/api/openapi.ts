/* Made by `script/web types` from the program's own OpenAPI document; do not edit. */
export interface paths {
    "/api/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Before sending: who will answer, by when and why
         * @description 提交前看看：谁来办、何时答复、为什么
         */
        post: operations["matter.preview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/similar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Before sending: is there a public matter nearby that is perhaps the same, to join instead? Nobody learns of what is not released
         * @description 提交前看看：附近有没有已公开、可加入的同样的事；没有公开的，不让别人知道
         */
        post: operations["similar.ask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/matters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Matters within my reach: of a grid, a unit, a board or all
         * @description 我能看到的事项：按网格、单位、看板或全部
         */
        get: operations["matter.list"];
        put?: never;
        /**
         * Open a matter; answers its id, tracking code and promised day
         * @description 提交诉求；返回编号、查询码和承诺答复日
         */
        post: operations["matter.open"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/suggest": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Subjects for what is being typed
         * @description 按输入的文字推荐事项类别
         */
        get: operations["subject.suggest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/subjects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The catalogue of subjects
         * @description 全部事项类别
         */
        get: operations["subject.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/places": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Communities, grids or buildings below a place
         * @description 某地点之下的社区、网格或楼栋
         */
        get: operations["place.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/town": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Name and version of this town
         * @description 本乡镇（街道）的名称和版本
         */
        get: operations["town.about"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/who-answers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who answers for this subject at this place, on that day, and why
         * @description 这件事在这里由谁负责，依据是什么
         */
        get: operations["who.answers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/track": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How my matter stands
         * @description 凭查询码看进展
         */
        get: operations["track.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/track/looks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who looked at my contact, and why
         * @description 谁看过我的联系方式，为什么
         */
        get: operations["track.looks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/track/erase": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Erase what I wrote and who I am, once it has ended
         * @description 办结后删除我的信息和填写的内容
         */
        post: operations["track.erase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send in one file (its raw bytes, Content-Type says its type); answers the token to name when opening a matter or doing a step
         * @description 上传一个附件（原始字节，Content-Type 为其类型）；返回凭证，登记或办理时填入
         */
        post: operations["file.upload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/matters/{id}/files/{k}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One file of a matter
         * @description 事项的一个附件
         */
        get: operations["matter.file"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/track/files/{k}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One file, for the reporter
         * @description 诉求人看一个附件
         */
        get: operations["track.file"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/track/files/{k}/erase": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The reporter takes back a file of theirs, at any time
         * @description 诉求人收回自己上传的一个附件，随时可以
         */
        post: operations["track.file-erase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/boards": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How many matters stand on each board, within my reach
         * @description 各看板有多少件，限我能看到的
         */
        get: operations["board.counts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/print.css": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The style of what is printed
         * @description 打印样式
         */
        get: operations["print.style"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/matters/{id}/print/{paper}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * To print: receipt, order, visit, call-in, file; contacts masked
         * @description 打印：receipt 回执，order 派单，visit 走访记录，call-in 吹哨通知，file 全卷；联系方式隐去
         */
        get: operations["matter.print"];
        put?: never;
        /**
         * The same with the contact in the clear: order, visit, file; needs a purpose and is logged
         * @description 打印含联系方式的派单、走访记录或全卷，须写明目的并留痕
         */
        post: operations["matter.print-clear"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/views": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The views I keep; nobody else sees them
         * @description 我保存的视图，只有本人看得到
         */
        get: operations["view.list"];
        /**
         * Keep a view; at most 20
         * @description 保存一个视图，最多 20 个
         */
        put: operations["view.keep"];
        post?: never;
        /**
         * Delete a view
         * @description 删去一个视图
         */
        delete: operations["view.drop"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/matters/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One matter with its whole story
         * @description 一件事项的全部经过
         */
        get: operations["matter.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/matters/{id}/why": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Why here: the explanation as it was stored
         * @description 为什么派到这里：当时留存的说明
         */
        get: operations["matter.why"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/matters/{id}/{action}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * One step: sign, contact, answer, tell, assign, decline …; its fields stand under the matter's `may`, those on a task of a unit called in under that of `tasks`
         * @description 办一步：签收、联系、答复、告知、改派、不予受理等，字段见事项的 may；吹哨后的报到、协办答复等写明 task，见 tasks 下的 may
         */
        post: operations["matter.act"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/matters/{id}/contact-details": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * See the contact in the clear; needs a purpose and is logged
         * @description 查看联系方式，须写明目的并留痕
         */
        post: operations["matter.contact-open"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/matters/{id}/householder": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * See the householder's name, to find the place by; needs a purpose and is logged
         * @description 查看户主姓名，只为找到地点，须写明目的并留痕
         */
        post: operations["matter.householder-open"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/track/{action}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A step of the reporter: note, withdraw, read, rate
         * @description 诉求人自己办一步：补充、撤回、已阅、评价
         */
        post: operations["track.act"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audit/looks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who looked at contacts
         * @description 谁查看过联系方式
         */
        get: operations["audit.looks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What changed, live, ids only: `matter.changed` (it changed, came or left), `resync` (some were missed: read again)
         * @description 变化的实时通知，只有编号：`matter.changed` 变了、来了或离开了，`resync` 漏了一些，请重读
         */
        get: operations["live"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/matters/{id}/why/told": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Why here: told in sentences
         * @description 为什么派到这里：用句子说
         */
        get: operations["matter.told"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/upstreams": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Systems upstream that send orders
         * @description 会派单来的上级系统
         */
        get: operations["upstream.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tasks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Open tasks of units called in, what runs out first on top
         * @description 吹哨后待报到、待答复的任务，先到期的在前
         */
        get: operations["task.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/matters/{id}/letter": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The letter to a unit without an account: to print, read out, or paste into the system of the level above
         * @description 给没有账号的单位的协助办理函：可打印、电话念出或贴到上级系统
         */
        get: operations["task.letter"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cooperation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Units called in: how often, in time or not, and how they cooperate (ratings for whoever dispatches for the whole town)
         * @description 吹哨报到：各单位次数、是否按时、配合评价（评价仅全域调度可见）
         */
        get: operations["report.cooperation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Orders from upstream within my reach, the nearest deadline on top
         * @description 我能看到的上级派单，先到期的在前
         */
        get: operations["order.list"];
        put?: never;
        /**
         * Take in an order from upstream: one number is one matter; what was added is noted, what was sent back is taken up again
         * @description 收一张上级派单：同一编号只有一件事项；内容有补充就记上，退回重办就再办一轮
         */
        post: operations["order.take"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orders/{system}/{number}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * An order from upstream by its number, with its matter
         * @description 按编号找上级派单和它的事项
         */
        get: operations["order.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orders/{system}/{number}/reply": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The reply to upstream and the fields it demands; what is missing is named
         * @description 回复上级的文字和必填项；缺什么逐项列出
         */
        get: operations["order.reply"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orders/{system}/{number}/bundle": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The reply as an archive: the text, the demanded fields, and the files that went with the answer
         * @description 回复上级的压缩包：文字、必填项和随答复公开的附件
         */
        get: operations["order.bundle"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/upstream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Orders from upstream by system: received, answered in time, late, sent back, dealt with again, due soon
         * @description 上级派单：按系统计收到、按时回复、超期、退回、重办和即将到期
         */
        get: operations["report.upstream"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/matters/{id}/similar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What may be the same: near in place and time, like in subject and words, the likest first; whether to join is for a person
         * @description 可能是同一件事的：相近的地点、时间、事项和用词，最像的在前；是否合并由人决定
         */
        get: operations["matter.similar"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/matters/{id}/voices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What was joined to this matter: how many, the earliest day promised to one of them, and those within my reach
         * @description 并入这件事项的诉求：件数、最早的承诺时间，和我能看到的那些
         */
        get: operations["matter.voices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/causes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Announced outages and works: what, where, until when, why the time was moved
         * @description 已公告的停水停电、施工等：什么事、哪里、预计何时恢复、为什么改期
         */
        get: operations["cause.list"];
        put?: never;
        /**
         * Announce a known cause: who reports it from now on is joined to one matter and told at once; its answer goes to each of them
         * @description 公告一个已知原因：此后反映它的来件并入同一件事项，当场得到答复；办结时的答复告知每一位
         */
        post: operations["cause.open"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/causes/{id}/until": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Move the time, saying why
         * @description 改预计恢复时间，须说明为什么
         */
        post: operations["cause.move"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/matters/{id}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What of it is public; may it be, at which places, with which photos
         * @description 这件事项公开了什么；能否公开，可选的地点和照片
         */
        get: operations["release.get"];
        /**
         * Make a summary public, or change what is
         * @description 公开摘要，或改写已公开的
         */
        put: operations["release.put"];
        post?: never;
        /**
         * Take it back, at any time
         * @description 收回公开的内容，随时可以
         */
        delete: operations["release.end"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/matters/{id}/release/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What residents would see; warns of phone, ID, plate and door numbers in it
         * @description 公开前看看居民会看到什么；提示可能的电话、证件号、车牌、门牌
         */
        post: operations["release.preview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/public/matters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Around me: matters of which a clerk released a summary, the newest first; no reporter, no words of theirs, no exact place
         * @description 身边：工作人员公开了摘要的事项，新公开的在前；没有诉求人、原话和确切位置
         */
        get: operations["public.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/public/matters/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One public matter
         * @description 一件公开的事项
         */
        get: operations["public.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/public/matters/{id}/photos/{k}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One public photo
         * @description 一张公开的照片
         */
        get: operations["public.photo"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/public/counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How much was reported in each community about each subject; fewer than five are added together
         * @description 各社区各类事项的件数；少于 5 件的合并
         */
        get: operations["public.counts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/public/matters/{id}/join": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Me too: join a public matter with a tracking code, notices and a rating of one's own
         * @description 我也遇到：加入一件公开的事项，得到自己的查询码、通知和评价
         */
        post: operations["public.join"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/standing/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One standing problem: reports before and since, and who changed what
         * @description 一项专项治理：治理前后来件，和每次改动由谁作出
         */
        get: operations["standing.get"];
        put?: never;
        /**
         * Another owner, plan or goal
         * @description 换人、改做法或目标
         */
        post: operations["standing.change"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/standing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Standing problems: owner, plan, and whether reports fall; and what comes back and might become one
         * @description 专项治理：谁负责、怎么办、来件是否减少；以及反复出现、可以考虑立项的
         */
        get: operations["standing.list"];
        put?: never;
        /**
         * A subject comes back at a place: give it an owner, a plan and a goal
         * @description 立项：某类事项在某地反复出现
         */
        post: operations["standing.open"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/standing/{id}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End it, saying what came of it
         * @description 结束，写明结果
         */
        post: operations["standing.end"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/callbacks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whose reporters are to be called back, and what to say: the longest ended first
         * @description 待回访的事项和回访用语：先办结的在前
         */
        get: operations["callback.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/matters/{id}/slip": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A slip in large type, to print for who has no telephone
         * @description 大字回执，打印后交给没有电话的诉求人
         */
        get: operations["matter.slip"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/map": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The town as a map for everybody: grids, places, public things; without an approval number only as lists
         * @description 公众地图：网格、地点、公共设施；没有审图号则只有列表，不画图
         */
        get: operations["map"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/map/schematic": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A schematic: communities as tiles in their rough order. Rows and columns alone, no coordinates: not a map
         * @description 示意图：社区按大致方位排成方块，只有行和列，没有坐标，不是地图
         */
        get: operations["map.schematic"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/map/desk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The same for those who work in it: always drawn
         * @description 内部地图：总是画出网格和设施
         */
        get: operations["map.desk"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/map/load": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Where the open matters within my reach are, and how many in each grid
         * @description 我能看到的未办结事项在哪里，每个网格多少件
         */
        get: operations["map.load"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/map/base/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The public's base map as a file (PMTiles), read in ranges; only where base map and town have approval numbers
         * @description 公众底图文件（PMTiles），按 Range 分段读取；底图和街道的地图都有审图号才提供
         */
        get: operations["map.base-file"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/map/base/{layer}/{z}/{x}/{y}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A tile of the public's base map, fetched in the asker's stead, around the town only; approval numbers as above
         * @description 公众底图瓦片：由服务器代取，只限本地范围；审图号同上
         */
        get: operations["map.base-tile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/map/desk/base/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The base map of those who work in the town as a file (PMTiles), read in ranges
         * @description 内部底图文件（PMTiles），按 Range 分段读取
         */
        get: operations["map.desk-base-file"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/map/desk/base/{layer}/{z}/{x}/{y}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A tile of it, fetched in the asker's stead, around the town only
         * @description 内部底图瓦片：由服务器代取，只限本地范围
         */
        get: operations["map.desk-base-tile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/places/find": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What place may be meant by these words: candidates, each with its reason; nothing is decided
         * @description 这样说可能是哪里：给出候选和理由，不作决定
         */
        get: operations["place.find"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/matters/{id}/places": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the place said in this matter may mean
         * @description 这件事项里说的地点可能是哪里
         */
        get: operations["matter.places"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/aliases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What people call places: those that wait for a second person, those in use
         * @description 大家对地点的叫法：待复核的、在用的
         */
        get: operations["alias.list"];
        put?: never;
        /**
         * Propose a name; a second person reviews it
         * @description 提出一个叫法，由另一个人复核
         */
        post: operations["alias.propose"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/aliases/{id}/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Accept: it goes into aliases.csv and finds from then on; not by who proposed it
         * @description 复核通过：写入 aliases.csv，从此用来找地点；提出的人不能自己复核
         */
        post: operations["alias.accept"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/aliases/{id}/refuse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Refuse: nothing is kept of the words
         * @description 复核不通过：不留下所写的字
         */
        post: operations["alias.refuse"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/aliases/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Withdraw a name: from today on it is not used
         * @description 撤销一个叫法，从今天起不再使用
         */
        post: operations["alias.withdraw"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/duties": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Rows of the duty lists
         * @description 职责清单的行
         */
        get: operations["duty.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/posts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Posts, who holds them, and their terms
         * @description 岗位、担任的人和任期
         */
        get: operations["post.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/calendar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Working days and days off of a year: the national ones under the town's own
         * @description 一年的工作日和休息日：国家安排和本地调整
         */
        get: operations["calendar.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/procedures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The procedures in use
         * @description 在用的流程
         */
        get: operations["procedure.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/procedures/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One procedure: states, actions, clocks
         * @description 一个流程：状态、动作、时钟
         */
        get: operations["procedure.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Accounts of staff: password, second factor; never when somebody was there
         * @description 工作人员的账号：有没有密码、二次验证；不记录谁何时登录
         */
        get: operations["account.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts/{login}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Close an account: password, second factor, sessions and link end; it can be invited again
         * @description 关闭账号：密码、二次验证、登录和邀请都失效；可以再邀请
         */
        post: operations["account.close"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Invitations that wait
         * @description 未用的邀请
         */
        get: operations["invite.list"];
        put?: never;
        /**
         * A one-time link for a member of staff
         * @description 给工作人员一次性链接
         */
        post: operations["invite.make"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/invitations/{login}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Take an invitation back
         * @description 收回邀请
         */
        delete: operations["invite.drop"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Keys of other systems: name, rights, reach, end
         * @description 其他系统的密钥：名称、权限、范围、期限
         */
        get: operations["key.list"];
        put?: never;
        /**
         * A key for another system, shown once
         * @description 给其他系统一个密钥，只显示一次
         */
        post: operations["key.make"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audit/acts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What was done to accounts, keys, names; without who signed in when
         * @description 对账号、密钥、叫法等做过什么；不含登录记录
         */
        get: operations["audit.acts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Jobs, how far behind, what was set aside, messages by state
         * @description 后台作业、落后多少、放在一边的、消息发出情况
         */
        get: operations["job.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/notice-texts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The words of messages; they are changed in notices.yaml
         * @description 消息用语；修改写在 notices.yaml
         */
        get: operations["notice.texts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/folder": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The files of the town's folder
         * @description 乡镇文件夹有哪些文件
         */
        get: operations["folder"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/folder/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One file as text (UTF-8; phones are sealed tokens)
         * @description 一个文件的内容（UTF-8；电话是封存的凭证）
         */
        get: operations["folder.file"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/folder/findings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the linter says: file, line, rule, what to do, and where on the map
         * @description 检查结果：文件、行号、规则、改法，有位置的给出图形
         */
        get: operations["folder.findings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The versions: when, by whom, which files, why
         * @description 历次版本：哪天、谁、改了哪些文件、为什么
         */
        get: operations["version.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/versions/diff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What differs between two versions
         * @description 两版之间的差别
         */
        get: operations["version.diff"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/drafts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Changes of the folder that are being written or wait for a second person
         * @description 文件夹的改动草稿
         */
        get: operations["draft.list"];
        put?: never;
        /**
         * Begin a draft
         * @description 开始一份草稿
         */
        post: operations["draft.open"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/drafts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One draft
         * @description 一份草稿
         */
        get: operations["draft.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/drafts/{id}/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One file as it would be with the draft
         * @description 草稿里一个文件的内容，没改过的是现行的
         */
        get: operations["draft.file"];
        /**
         * Write one file of a draft (its raw bytes), or let it go
         * @description 写入草稿的一个文件（原始内容），或去掉它
         */
        put: operations["draft.put"];
        post?: never;
        /**
         * Leave this file as it is in force
         * @description 不改这个文件，照现行的
         */
        delete: operations["draft.leave"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/drafts/{id}/findings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the linter says of the folder as it would be
         * @description 按草稿装入会查出什么
         */
        get: operations["draft.findings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/drafts/{id}/diff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the draft changes, and which open matters would go elsewhere
         * @description 草稿改了什么，哪些未办结事项会改派
         */
        get: operations["draft.diff"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/drafts/{id}/propose": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Hand it in for a second person
         * @description 提交，由另一个人复核
         */
        post: operations["draft.propose"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/drafts/{id}/back": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take it back to go on writing
         * @description 收回来接着改
         */
        post: operations["draft.back"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/drafts/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Withdraw one's own draft, and why
         * @description 撤回自己的草稿，写明原因
         */
        post: operations["draft.withdraw"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/drafts/{id}/refuse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Refuse it, and why; not by who proposed it
         * @description 复核不通过，写明原因；提出的人不能自己复核
         */
        post: operations["draft.refuse"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/drafts/{id}/load": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Bring it into force as the next version; not by who proposed it
         * @description 复核通过并装入为新的一版；提出的人不能自己装入
         */
        post: operations["draft.load"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/lessons": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What corrections of subjects teach: which words should lead to which subject
         * @description 从改正的类别学到什么：哪些词该认作哪一类
         */
        get: operations["lesson.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/lessons/take": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take them: a draft of the folder that waits for a second person
         * @description 采纳：写成文件夹的草稿，等另一个人复核装入
         */
        post: operations["lesson.take"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/lessons/decline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Decline them: they are not proposed again
         * @description 不采纳：以后不再提出
         */
        post: operations["lesson.decline"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/units": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The units of this town
         * @description 本地的单位
         */
        get: operations["unit.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/roster": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who leads and who answers: now, and on some days
         * @description 谁在带班、值班：现在，和某几天
         */
        get: operations["roster.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/leaves": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who is away, from when until when
         * @description 谁休假，从哪天到哪天
         */
        get: operations["leave.list"];
        put?: never;
        /**
         * Somebody is away; their backup takes over, and gives back after the last day
         * @description 登记休假；第一天起由替班人办理，之后转回
         */
        post: operations["leave.add"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/leaves/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Back earlier, or entered by mistake
         * @description 提前回来，或登记错了
         */
        delete: operations["leave.drop"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/handovers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Hand over the open matters of one person; call again while more is true
         * @description 移交一个人名下的未结事项；more 为真时再叫一次
         */
        post: operations["handover.make"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/swaps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Turns on duty that are asked to change hands
         * @description 换班申请
         */
        get: operations["swap.list"];
        put?: never;
        /**
         * Ask that somebody takes a turn of yours, perhaps for one of theirs
         * @description 申请换班或替班：自己的班请别人接
         */
        post: operations["swap.ask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/swaps/{id}/agree": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Who is to take the turn agrees
         * @description 接班的人同意
         */
        post: operations["swap.agree"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/swaps/{id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve it; neither of the two
         * @description 批准换班；换班双方以外的人
         */
        post: operations["swap.approve"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/swaps/{id}/refuse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Do not agree, or do not approve
         * @description 不同意，或不批准
         */
        post: operations["swap.refuse"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/swaps/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Take it back before it is approved
         * @description 批准之前撤回
         */
        delete: operations["swap.withdraw"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sheets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Hand-overs of shifts: which shift, and who signed
         * @description 值班交接单：哪一班、谁签了字
         */
        get: operations["sheet.list"];
        put?: never;
        /**
         * Make the sheet of one's shift: urgent, unsigned, promised calls; anew as often as wanted before it is signed
         * @description 制作本班交接单：紧急、未签收、应打的电话；签字前可重做
         */
        post: operations["sheet.make"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sheets/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One sheet, for those of the two shifts
         * @description 一张交接单；两班人员可见
         */
        get: operations["sheet.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sheets/{id}/text": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The sheet to print
         * @description 可打印的交接单
         */
        get: operations["sheet.print"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sheets/{id}/sign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign: first who goes, then who comes, two persons
         * @description 签字：先交班，后接班，须两人
         */
        post: operations["sheet.sign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who I am, my posts and rights
         * @description 我是谁，有哪些岗位和权限
         */
        get: operations["session.me"];
        put?: never;
        /**
         * Sign in
         * @description 登录
         */
        post: operations["session.begin"];
        /**
         * Sign out
         * @description 退出登录
         */
        delete: operations["session.end"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/session/second-factor/offer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Offer a secret for a second factor, to scan or type in
         * @description 给出一个二次验证密钥，扫码或手输
         */
        post: operations["factor.offer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/session/second-factor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Switch the second factor on, with a code made from it
         * @description 启用二次验证：回填一次验证码
         */
        post: operations["factor.on"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/session/second-factor/off": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Switch the second factor off, with the password once more
         * @description 停用二次验证，须再输一次密码
         */
        post: operations["factor.off"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Sign out everywhere
         * @description 在所有设备上退出登录
         */
        delete: operations["session.end-all"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/invitations/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Use a one-time link to set one's own password
         * @description 用一次性链接设自己的密码
         */
        post: operations["invite.accept"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/keys/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Take a key back
         * @description 收回密钥
         */
        delete: operations["key.revoke"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sign-in/oidc": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Off to the sign-in elsewhere
         * @description 去统一身份认证登录
         */
        get: operations["oidc.begin"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sign-in/oidc/back": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Back from the sign-in elsewhere
         * @description 从统一身份认证回来
         */
        get: operations["oidc.back"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/session/oidc/code": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * After the sign-in elsewhere, the one-time code of this system
         * @description 从统一身份认证回来后，再给本系统的一次性验证码
         */
        post: operations["oidc.code"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/session/oidc": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Is my account linked to the sign-in elsewhere?
         * @description 我的账号关联了统一身份认证吗
         */
        get: operations["oidc.mine"];
        put?: never;
        /**
         * Link one's own account: the password once more, then an address to open
         * @description 关联自己的统一身份认证：再给一次密码，得到去认证的网址
         */
        post: operations["oidc.link"];
        /**
         * Unlink one's own account
         * @description 取消自己的关联
         */
        delete: operations["oidc.unlink"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts/{login}/oidc": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Link an account to a subject of the sign-in elsewhere
         * @description 把账号与统一身份认证的标识关联
         */
        put: operations["account.bind"];
        post?: never;
        /**
         * Unlink an account
         * @description 取消账号的关联
         */
        delete: operations["account.unbind"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/notices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Messages to me, the newest first
         * @description 给我的消息，新的在前
         */
        get: operations["notice.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/notices/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mark my messages as read: one, or all up to it
         * @description 把给我的消息标为已读：某一条，或到这一条为止的全部
         */
        post: operations["notice.read"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/track/notices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Messages to whoever holds the tracking code
         * @description 凭查询码看给我的消息
         */
        get: operations["track.notices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/track/notify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * How I want to be told from now on
         * @description 从现在起怎样通知我
         */
        post: operations["track.notify"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/notices/undelivered": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Messages that could not be delivered: somebody must tell them another way
         * @description 没有送到的消息：须另想办法告知
         */
        get: operations["notice.undelivered"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/notices/{id}/settle": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * An undelivered message: they were told another way
         * @description 没有送到的消息已另行告知
         */
        post: operations["notice.settle"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/notices/{id}/again": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send an undelivered message once more
         * @description 把没有送到的消息再发一次
         */
        post: operations["notice.again"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/parcels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What was handed over and what came in, and how far it got
         * @description 移交出去的和移交来的，走到哪一步
         */
        get: operations["parcel.list"];
        put?: never;
        /**
         * Another town's server brings a sealed parcel, or asks how it stands; the same parcel again is no second matter
         * @description 别处的服务器送来密封的移交包裹，或问它办得怎样；同一个包裹再来不会多出一件事
         */
        post: operations["parcel.put"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/neighbours": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whom one may hand over to, and who is above both; this town's public key
         * @description 可以移交给哪里，谁是共同上级；本地的公钥
         */
        get: operations["neighbour.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/track/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A copy of all that is held about me and this matter, and who looked at it
         * @description 取得关于我和这件事的全部记录，包括谁看过
         */
        post: operations["track.export"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/matters/{id}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The same for somebody who asks at the counter; needs a purpose and is logged
         * @description 替到窗口的本人取得全部记录，须写明目的并留痕
         */
        post: operations["matter.export"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/matters/{id}/erasure": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Erase words and contact of a matter that has ended, as its reporter asked
         * @description 应本人要求删除已办结事项的内容和联系方式
         */
        post: operations["matter.erase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/retention": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How long what is kept, and how much is due
         * @description 保存期限和到期数量
         */
        get: operations["retention.plan"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/erasures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What was erased on request, in the order of time
         * @description 应要求删除的清单，按时间
         */
        get: operations["erasure.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/figures/cases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The matters that a figure was counted from, within my reach
         * @description 某个数是由哪些事项数出来的，限我能看到的
         */
        get: operations["figures.cases"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/figures/trend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What came in, ended, was due and kept, by day, week or month
         * @description 来件、办结、应答复和按时答复，按日、周、月
         */
        get: operations["figures.trend"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/figures/heat": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * When and where matters come in: grid and hour of the day; fewer than five only as few
         * @description 各网格一天各小时的来件；不足五件的只说“少量”
         */
        get: operations["figures.heat"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/figures/forms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How often each form is filled in, how much is typed, which fields stay empty; by the day matters came in, never by person
         * @description 各表单填了多少次、打了几项字、哪些栏没人填；按来件日期，不分人
         */
        get: operations["figures.forms"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/figures/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A table to take away: CSV or XLSX
         * @description 下载一张表：CSV 或 XLSX
         */
        get: operations["figures.export"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Response, solution and satisfaction rates, in the official and the honest reading
         * @description 响应率、解决率、满意率，官方口径和如实口径
         */
        get: operations["report.rates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/returns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Returned matters, how the desk ruled and the time lost, by unit or duty row
         * @description 退单次数、裁定结果和耽误的时间，按单位或清单条目
         */
        get: operations["report.returns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/flow": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * First-dispatch accuracy, hops, time to first contact, reopening; cells of fewer than five workers for them and their supervisor
         * @description 首派准确率、流转次数、首次联系时间、重办率；不足五人的单元只给本人和督办看
         */
        get: operations["report.flow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Matters of a period by the way they came: telephone, counter, grid worker …
         * @description 各来源的件数和办理情况
         */
        get: operations["report.sources"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Words in the matters within my reach
         * @description 在我能看到的事项里找字词
         */
        get: operations["search"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/open311/v2/discovery.{format}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Open311 service discovery
         * @description Open311：有哪些接口
         */
        get: operations["open311.discovery"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/open311/v2/services.{format}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Open311 service list: the subjects one may report
         * @description Open311：可以反映的事项
         */
        get: operations["open311.services"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/open311/v2/services/{service_code}.{format}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Open311 service definition: what may be said beyond words and place
         * @description Open311：一类事项还可以填什么
         */
        get: operations["open311.service"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/open311/v2/requests.{format}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Open311: the requests that are public
         * @description Open311：公开的诉求
         */
        get: operations["open311.requests"];
        put?: never;
        /**
         * Open311: another system files a request for somebody
         * @description Open311：其他系统代人提交诉求
         */
        post: operations["open311.post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/open311/v2/tokens/{token}.{format}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Open311: the request of a token, which is its tracking code
         * @description Open311：凭查询码取编号
         */
        get: operations["open311.token"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/open311/v2/requests/{service_request_id}.{format}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Open311: one request
         * @description Open311：一件诉求
         */
        get: operations["open311.request"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/open311/v2/servicerequestupdates.{format}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Open311: what became of the requests this system filed
         * @description Open311：自己提交的诉求有何进展
         */
        get: operations["open311.updates"];
        put?: never;
        /**
         * Open311: the reporter adds to a request this system filed, or has it taken up again
         * @description Open311：给自己提交的诉求补充或要求重办
         */
        post: operations["open311.update"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * This document, for programs
         * @description 接口文档，供程序读
         */
        get: operations["api.openapi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * This document, for people
         * @description 接口文档，供人读
         */
        get: operations["api.docs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Is the server well? 200 or 503
         * @description 服务是否正常
         */
        get: operations["server.health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Counts for Prometheus; for this machine only
         * @description 运行计数（Prometheus 格式），只给本机
         */
        get: operations["server.metrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        "matter.preview.body": {
            /**
             * Format: double
             * @description Latitude, together with lon
             */
            lat?: number;
            /**
             * Format: double
             * @description Longitude
             */
            lon?: number;
            /**
             * @description Coordinate system, wgs84 by default
             * @enum {string}
             */
            datum?: "wgs84" | "gcj02" | "bd09";
            /**
             * Format: double
             * @description Accuracy of the position in metres
             */
            accuracy?: number;
            /** @description A community, grid or building from the lists */
            place?: string;
            /** @description Number of a public thing, such as a lamp post */
            thing?: string;
            /** @description The place in their own words: number of a lamp-post, an old name, how to get there */
            said?: string;
            /**
             * Format: password
             * @description Your name, may be left out
             */
            name?: string;
            /**
             * Format: password
             * @description A phone number, may be left out
             */
            phone?: string;
            /**
             * Format: password
             * @description A mail address, may be left out
             */
            mail?: string;
            /**
             * @description How to be told beside the tracking page: sms, mail or none; by default a short message where there is a phone, a mail where there is only that
             * @enum {string}
             */
            notify_by?: "sms" | "mail" | "none";
            /** @description Short messages and mails say nothing but that there is one */
            discreet?: boolean;
            /**
             * Format: password
             * @description How to reach you safely, such as no voice mail, never call at home; sealed, seen by whoever opens your contact
             */
            safe_contact?: string;
            /** @description Tokens of files that were uploaded */
            files?: string[];
            /** @description A title, may be left out */
            title?: string;
            /** @description What it is about */
            words: string;
            /** @description The subject, if chosen */
            subject?: string;
            /** @description A landmark, such as the old shop */
            landmark?: string;
            /**
             * @description In which direction from the landmark
             * @enum {string}
             */
            direction?: "n" | "ne" | "e" | "se" | "s" | "sw" | "w" | "nw";
            /**
             * Format: int64
             * @description How many metres from the landmark
             */
            metres?: number;
            /** @description Villagers' group */
            group?: string;
            /**
             * Format: password
             * @description Name of the householder, to find the place by alone; sealed, shown masked
             */
            householder?: string;
            /** @description What is known */
            facts?: {
                /** @description Its name, such as owner */
                fact: string;
                /** @description Its value, such as property */
                value: string;
            }[];
            /** @description The unit or member of staff complained about */
            about?: string;
            /**
             * @description By which way it came, web by default; who may say which: docs/sources.md
             * @enum {string}
             */
            source?: "web" | "phone" | "counter" | "letter" | "visit" | "grid" | "leader" | "media" | "open311" | "upstream" | "system" | "replay" | "handover";
            /** @description Needed where words are written down for somebody (phone, counter, visit, grid): read back to them, did they confirm? */
            read_back?: boolean;
            /** @description Mine is different from what is announced: deal with it on its own */
            different?: boolean;
            /**
             * Format: password
             * @description An address, may be left out
             */
            address?: string;
            /** @description Be told only within these hours, as 18:00-20:00; by default outside the town's quiet hours */
            notify_hours?: string;
        };
        "similar.ask.body": {
            /**
             * Format: double
             * @description Latitude, together with lon
             */
            lat?: number;
            /**
             * Format: double
             * @description Longitude
             */
            lon?: number;
            /**
             * @description Coordinate system, wgs84 by default
             * @enum {string}
             */
            datum?: "wgs84" | "gcj02" | "bd09";
            /**
             * Format: double
             * @description Accuracy of the position in metres
             */
            accuracy?: number;
            /** @description A community, grid or building from the lists */
            place?: string;
            /** @description Number of a public thing, such as a lamp post */
            thing?: string;
            /** @description The place in their own words: number of a lamp-post, an old name, how to get there */
            said?: string;
            /**
             * Format: password
             * @description Your name, may be left out
             */
            name?: string;
            /**
             * Format: password
             * @description A phone number, may be left out
             */
            phone?: string;
            /**
             * Format: password
             * @description A mail address, may be left out
             */
            mail?: string;
            /**
             * @description How to be told beside the tracking page: sms, mail or none; by default a short message where there is a phone, a mail where there is only that
             * @enum {string}
             */
            notify_by?: "sms" | "mail" | "none";
            /** @description Short messages and mails say nothing but that there is one */
            discreet?: boolean;
            /**
             * Format: password
             * @description How to reach you safely, such as no voice mail, never call at home; sealed, seen by whoever opens your contact
             */
            safe_contact?: string;
            /** @description Tokens of files that were uploaded */
            files?: string[];
            /** @description A title, may be left out */
            title?: string;
            /** @description What it is about */
            words: string;
            /** @description The subject, if chosen */
            subject?: string;
            /** @description A landmark, such as the old shop */
            landmark?: string;
            /**
             * @description In which direction from the landmark
             * @enum {string}
             */
            direction?: "n" | "ne" | "e" | "se" | "s" | "sw" | "w" | "nw";
            /**
             * Format: int64
             * @description How many metres from the landmark
             */
            metres?: number;
            /** @description Villagers' group */
            group?: string;
            /**
             * Format: password
             * @description Name of the householder, to find the place by alone; sealed, shown masked
             */
            householder?: string;
            /** @description What is known */
            facts?: {
                /** @description Its name, such as owner */
                fact: string;
                /** @description Its value, such as property */
                value: string;
            }[];
            /** @description The unit or member of staff complained about */
            about?: string;
            /**
             * @description By which way it came, web by default; who may say which: docs/sources.md
             * @enum {string}
             */
            source?: "web" | "phone" | "counter" | "letter" | "visit" | "grid" | "leader" | "media" | "open311" | "upstream" | "system" | "replay" | "handover";
            /** @description Needed where words are written down for somebody (phone, counter, visit, grid): read back to them, did they confirm? */
            read_back?: boolean;
            /** @description Mine is different from what is announced: deal with it on its own */
            different?: boolean;
            /**
             * Format: password
             * @description An address, may be left out
             */
            address?: string;
            /** @description Be told only within these hours, as 18:00-20:00; by default outside the town's quiet hours */
            notify_hours?: string;
        };
        "matter.open.body": {
            /**
             * Format: double
             * @description Latitude, together with lon
             */
            lat?: number;
            /**
             * Format: double
             * @description Longitude
             */
            lon?: number;
            /**
             * @description Coordinate system, wgs84 by default
             * @enum {string}
             */
            datum?: "wgs84" | "gcj02" | "bd09";
            /**
             * Format: double
             * @description Accuracy of the position in metres
             */
            accuracy?: number;
            /** @description A community, grid or building from the lists */
            place?: string;
            /** @description Number of a public thing, such as a lamp post */
            thing?: string;
            /** @description The place in their own words: number of a lamp-post, an old name, how to get there */
            said?: string;
            /**
             * Format: password
             * @description Your name, may be left out
             */
            name?: string;
            /**
             * Format: password
             * @description A phone number, may be left out
             */
            phone?: string;
            /**
             * Format: password
             * @description A mail address, may be left out
             */
            mail?: string;
            /**
             * @description How to be told beside the tracking page: sms, mail or none; by default a short message where there is a phone, a mail where there is only that
             * @enum {string}
             */
            notify_by?: "sms" | "mail" | "none";
            /** @description Short messages and mails say nothing but that there is one */
            discreet?: boolean;
            /**
             * Format: password
             * @description How to reach you safely, such as no voice mail, never call at home; sealed, seen by whoever opens your contact
             */
            safe_contact?: string;
            /** @description Tokens of files that were uploaded */
            files?: string[];
            /** @description A title, may be left out */
            title?: string;
            /** @description What it is about */
            words: string;
            /** @description The subject, if chosen */
            subject?: string;
            /** @description A landmark, such as the old shop */
            landmark?: string;
            /**
             * @description In which direction from the landmark
             * @enum {string}
             */
            direction?: "n" | "ne" | "e" | "se" | "s" | "sw" | "w" | "nw";
            /**
             * Format: int64
             * @description How many metres from the landmark
             */
            metres?: number;
            /** @description Villagers' group */
            group?: string;
            /**
             * Format: password
             * @description Name of the householder, to find the place by alone; sealed, shown masked
             */
            householder?: string;
            /** @description What is known */
            facts?: {
                /** @description Its name, such as owner */
                fact: string;
                /** @description Its value, such as property */
                value: string;
            }[];
            /** @description The unit or member of staff complained about */
            about?: string;
            /**
             * @description By which way it came, web by default; who may say which: docs/sources.md
             * @enum {string}
             */
            source?: "web" | "phone" | "counter" | "letter" | "visit" | "grid" | "leader" | "media" | "open311" | "upstream" | "system" | "replay" | "handover";
            /** @description Needed where words are written down for somebody (phone, counter, visit, grid): read back to them, did they confirm? */
            read_back?: boolean;
            /** @description Mine is different from what is announced: deal with it on its own */
            different?: boolean;
            /**
             * Format: password
             * @description An address, may be left out
             */
            address?: string;
            /** @description Be told only within these hours, as 18:00-20:00; by default outside the town's quiet hours */
            notify_hours?: string;
        };
        "track.erase.body": Record<string, never>;
        "track.file-erase.body": Record<string, never>;
        "matter.print-clear.body": {
            /** @description Why the contact is printed; it is logged and the reporter can see it */
            purpose: string;
        };
        "view.keep.body": {
            /** @description A name; one of the same name is replaced */
            name: string;
            /** @description The filter, as the board's address writes it: board=overdue&unit=… */
            query: string;
        };
        "matter.contact-open.body": {
            /** @description Why the contact is needed; it is logged and the reporter can see it */
            purpose: string;
        };
        "matter.householder-open.body": {
            /** @description Why the contact is needed; it is logged and the reporter can see it */
            purpose: string;
        };
        "order.take.body": {
            /** @description Code of the system, as upstreams.yaml names it */
            system: string;
            /**
             * Format: password
             * @description The text copied from upstream's screen, read by its labels; then none of the fields below
             */
            text?: string;
            /** @description The number of the order */
            number?: string;
            /** @description Kind of order; one of the words under redo means: to be dealt with again */
            kind?: string;
            /** @description When upstream sent it */
            received?: string;
            /** @description Upstream's deadline */
            due?: string;
            /** @description Until when it may be sent back */
            return_until?: string;
            /** @description A title */
            title?: string;
            /** @description What it is about */
            words?: string;
            /** @description The place, in words */
            place?: string;
            /**
             * Format: password
             * @description The reporter's name
             */
            name?: string;
            /**
             * Format: password
             * @description The reporter's telephone
             */
            phone?: string;
            /**
             * Format: password
             * @description The reporter's address
             */
            address?: string;
        };
        "cause.open.body": {
            /** @description For everybody: what it is, where, until when; nothing of any person */
            text: string;
            /** @description The same in English */
            text_en?: string;
            /** @description The subject: reports of it and of those below it; by default that of the matter */
            subject?: string;
            /** @description The communities, grids or buildings it touches; the matter stands at the first */
            places?: string[];
            /**
             * Format: date-time
             * @description When it is to be over
             */
            until: string;
            /**
             * Format: date-time
             * @description From when on, for works that begin later; now by default
             */
            since?: string;
            /** @description The unit in charge, by the duty list if left out */
            unit?: string;
            /** @description Announce a matter that is there, with those joined to it, and open none */
            matter?: string;
        };
        "cause.move.body": {
            /**
             * Format: date-time
             * @description The new time
             */
            until: string;
            /** @description Why; reporters read it */
            reason: string;
            /** @description The new words, if they change */
            text?: string;
            /** @description The same in English */
            text_en?: string;
        };
        "release.preview.body": {
            /** @description The summary in Chinese, for everybody: written by staff, not the reporter's own words, nothing of any person */
            text?: string;
            /** @description The summary in English; one of the two at least */
            text_en?: string;
            /** @description Name of a street or crossing, may be left out; no door number */
            street?: string;
            /** @description The public thing it is shown at; this or place */
            thing?: string;
            /** @description The township, community or grid it is shown at; never a building */
            place?: string;
            /** @description Which photos are public; none by default */
            photos?: number[];
        };
        "release.put.body": {
            /** @description The summary in Chinese, for everybody: written by staff, not the reporter's own words, nothing of any person */
            text?: string;
            /** @description The summary in English; one of the two at least */
            text_en?: string;
            /** @description Name of a street or crossing, may be left out; no door number */
            street?: string;
            /** @description The public thing it is shown at; this or place */
            thing?: string;
            /** @description The township, community or grid it is shown at; never a building */
            place?: string;
            /** @description Which photos are public; none by default */
            photos?: number[];
        };
        "public.join.body": {
            /**
             * Format: double
             * @description Latitude, together with lon
             */
            lat?: number;
            /**
             * Format: double
             * @description Longitude
             */
            lon?: number;
            /**
             * @description Coordinate system, wgs84 by default
             * @enum {string}
             */
            datum?: "wgs84" | "gcj02" | "bd09";
            /**
             * Format: double
             * @description Accuracy of the position in metres
             */
            accuracy?: number;
            /** @description A community, grid or building from the lists */
            place?: string;
            /** @description Number of a public thing, such as a lamp post */
            thing?: string;
            /** @description The place in their own words: number of a lamp-post, an old name, how to get there */
            said?: string;
            /**
             * Format: password
             * @description Your name, may be left out
             */
            name?: string;
            /**
             * Format: password
             * @description A phone number, may be left out
             */
            phone?: string;
            /**
             * Format: password
             * @description A mail address, may be left out
             */
            mail?: string;
            /**
             * @description How to be told beside the tracking page: sms, mail or none; by default a short message where there is a phone, a mail where there is only that
             * @enum {string}
             */
            notify_by?: "sms" | "mail" | "none";
            /** @description Short messages and mails say nothing but that there is one */
            discreet?: boolean;
            /**
             * Format: password
             * @description How to reach you safely, such as no voice mail, never call at home; sealed, seen by whoever opens your contact
             */
            safe_contact?: string;
            /** @description Tokens of files that were uploaded */
            files?: string[];
            /** @description Anything to add; never public; may be left out */
            words?: string;
        };
        "standing.open.body": {
            /** @description The subject, with those below it */
            subject: string;
            /** @description The place, the whole town by default */
            place?: string;
            /** @description The unit that owns it */
            unit: string;
            /** @description The post */
            post?: string;
            /** @description The plan */
            plan: string;
            /**
             * Format: int64
             * @description The goal: reports a month at most
             */
            goal: number;
            /**
             * Format: date
             * @description When the plan begins, today by default
             */
            since?: string;
            /**
             * Format: date
             * @description By when the goal is to be reached
             */
            due: string;
        };
        "standing.change.body": {
            /** @description Another owner */
            unit?: string;
            /** @description Another post */
            post?: string;
            /** @description The plan as it is now */
            plan?: string;
            /**
             * Format: int64
             * @description The goal as it is now
             */
            goal?: number;
            /**
             * Format: date
             * @description Another day
             */
            due?: string;
        };
        "standing.end.body": {
            /** @description What came of it, and why it ends */
            outcome: string;
        };
        "alias.propose.body": {
            /** @description What people call it; no person's name */
            said: string;
            /** @description Code of the place */
            place?: string;
            /** @description Or number of the thing */
            thing?: string;
        };
        "draft.open.body": {
            /** @description What the change is for */
            why: string;
        };
        "draft.withdraw.body": {
            /** @description Why */
            said: string;
        };
        "draft.refuse.body": {
            /** @description Why */
            said: string;
        };
        "draft.load.body": {
            /** @description A trial: errors that a fallback covers become warnings; as the version in force by default */
            trial?: boolean;
        };
        "lesson.take.body": {
            /** @description The subject */
            subject: string;
            /** @description Which words */
            words: string[];
        };
        "lesson.decline.body": {
            /** @description The subject */
            subject: string;
            /** @description Which words */
            words: string[];
        };
        "leave.add.body": {
            /** @description Who, by login of staff.csv */
            login: string;
            /**
             * Format: date
             * @description First day
             */
            since: string;
            /**
             * Format: date
             * @description Last day; only the days are kept, never the reason
             */
            until: string;
        };
        "handover.make.body": {
            /** @description Whose, by login */
            from: string;
            /** @description To which post or person; without, to who acts for the post, its backup, or above */
            to?: string;
        };
        "swap.ask.body": {
            /**
             * Format: date
             * @description Day of the shift, as in the roster
             */
            date: string;
            /** @description The shift, as in the roster */
            shift: string;
            /** @description Who is to take it, by login */
            with: string;
            /**
             * Format: date
             * @description Day of their turn taken in return; without, nothing is
             */
            back_date?: string;
            /** @description The shift taken in return */
            back_shift?: string;
            /** @description Why: it stands in the roster for a month and colleagues read it; nothing private is needed */
            reason: string;
        };
        "sheet.make.body": {
            /**
             * Format: date
             * @description Day of the shift, as in the roster
             */
            date: string;
            /** @description The shift, as in the roster */
            shift: string;
        };
        "sheet.sign.body": {
            /**
             * Format: int64
             * @description The revision that was read
             */
            rev: number;
        };
        "session.begin.body": {
            /** @description Login */
            login: string;
            /**
             * Format: password
             * @description Password
             */
            password: string;
            /**
             * Format: password
             * @description One-time code, if one was set up
             */
            code?: string;
        };
        "factor.on.body": {
            /**
             * Format: password
             * @description The secret that was offered
             */
            secret: string;
            /**
             * Format: password
             * @description The digits the authenticator shows now
             */
            code: string;
        };
        "factor.off.body": {
            /**
             * Format: password
             * @description Your password
             */
            password?: string;
            /**
             * Format: password
             * @description For an account without a password here: the digits the authenticator shows now
             */
            code?: string;
        };
        "invite.make.body": {
            /** @description A login of staff.csv */
            login: string;
        };
        "invite.accept.body": {
            /**
             * Format: password
             * @description The token of the link
             */
            token: string;
            /**
             * Format: password
             * @description A password of your own, at least 10 characters
             */
            password: string;
        };
        "key.make.body": {
            /** @description Name of the key */
            name: string;
            /** @description Its rights */
            rights: string[];
            /** @description Only within this place */
            place?: string;
            /** @description Only of this unit */
            org?: string;
            /**
             * Format: date
             * @description Its last day
             */
            until?: string;
        };
        "oidc.code.body": {
            /**
             * Format: password
             * @description One-time code
             */
            code: string;
        };
        "oidc.link.body": {
            /**
             * Format: password
             * @description One's own password, once more
             */
            password: string;
            /**
             * Format: password
             * @description One-time code, if one was set up
             */
            code?: string;
            /** @description The page to come back to, below /desk or /work */
            then?: string;
        };
        "account.bind.body": {
            /** @description The person's sub at the provider */
            subject: string;
        };
        "notice.read.body": {
            /** @description Up to which message, its id */
            upto: string;
            /** @description That one alone */
            only?: boolean;
        };
        "track.notify.body": {
            /**
             * @description sms, mail, or none: only on the tracking page
             * @enum {string}
             */
            notify_by: "sms" | "mail" | "none";
            /** @description Only within these hours, as 18:00-20:00 */
            notify_hours?: string;
            /** @description Short messages and mails say nothing but that there is one */
            discreet?: boolean;
        };
        "notice.settle.body": {
            /**
             * @description How they were told
             * @enum {string}
             */
            how: "phone" | "visit" | "letter" | "counter" | "not_needed";
        };
        "notice.again.body": Record<string, never>;
        "parcel.put.body": {
            /** @description Division code of the sender */
            from: string;
            /** @description Division code of this town */
            to: string;
            /** @description The sealed parcel, base64 */
            box: string;
        };
        "track.export.body": {
            /** @description The phone you left; only with it the contact is shown in full */
            phone?: string;
        };
        "matter.export.body": {
            /** @description Why, such as "asked at the counter"; it is logged and the reporter can see it */
            purpose: string;
        };
        "matter.erase.body": {
            /** @description On which basis; the Personal Information Protection Law by default. Not the reporter's own words */
            basis?: string;
        };
        "open311.post.body": {
            /** @description Division code of the town; may be left out where there is only one */
            jurisdiction_id?: string;
            /**
             * Format: password
             * @description The key; Authorization: Bearer does as well
             */
            api_key?: string;
            /** @description From the service list */
            service_code: string;
            /**
             * Format: double
             * @description Latitude, WGS84, together with long
             */
            lat?: number;
            /**
             * Format: double
             * @description Longitude
             */
            long?: number;
            /** @description The place in words; the desk finds it */
            address_string?: string;
            /** @description Code of a community, grid or building */
            address_id?: string;
            /**
             * Format: password
             * @description Sealed
             */
            email?: string;
            /**
             * Format: password
             * @description Not kept
             */
            device_id?: string;
            /**
             * Format: password
             * @description Not kept
             */
            account_id?: string;
            /**
             * Format: password
             * @description Sealed
             */
            first_name?: string;
            /**
             * Format: password
             * @description Sealed
             */
            last_name?: string;
            /**
             * Format: password
             * @description Sealed
             */
            phone?: string;
            /** @description What it is about, at most 4,000 characters */
            description?: string;
            /** @description Addresses of pictures: written down, never fetched */
            media_url?: string[];
        };
        "open311.update.body": {
            /** @description Division code of the town; may be left out where there is only one */
            jurisdiction_id?: string;
            /**
             * Format: password
             * @description The key; Authorization: Bearer does as well
             */
            api_key?: string;
            /** @description The client's own number: the same one twice is one update */
            update_id: string;
            /** @description The request */
            service_request_id: string;
            /** @description open, closed or a wider word; open or REOPEN of a closed one has it taken up again */
            status: string;
            /** @description What is added */
            description: string;
            /**
             * Format: date-time
             * @description When it was written there
             */
            updated_datetime: string;
            /**
             * Format: password
             * @description Not kept: the contact came with the request
             */
            first_name?: string;
            /**
             * Format: password
             * @description Not kept: the contact came with the request
             */
            last_name?: string;
            /**
             * Format: password
             * @description Not kept: the contact came with the request
             */
            email?: string;
            /**
             * Format: password
             * @description Not kept: the contact came with the request
             */
            phone?: string;
            /** @description Written down, never fetched */
            media_url?: string[];
        };
        Problem: {
            /** @description urn:linli:problem:NAME, stable */
            type: string;
            /** @description The general sentence */
            title: string;
            /**
             * Format: int64
             * @description HTTP status
             */
            status: number;
            /** @description This case, in the asker's language */
            detail: string;
            /** @description The field, header or parameter at fault */
            field?: string;
            /** @description The path asked for */
            instance: string;
            /** @description May the same request succeed later? */
            retry: boolean;
        };
        Decision: {
            /** @description What is announced already */
            known?: components["schemas"]["KnownCause"];
            state: string;
            subject: components["schemas"]["Named"] | null;
            /** @description How the subject was found */
            matched: string;
            /** @description What it might be too */
            suggestions: components["schemas"]["Named"][];
            grid: components["schemas"]["Named"] | null;
            /** @description How the place was found */
            located: string;
            /** @description Ask whether it is here */
            is_it_here: boolean;
            or_here: string[];
            /** @description Who will answer */
            unit: components["schemas"]["Named"] | null;
            post: components["schemas"]["PostHeld"] | null;
            /** @description Who assists */
            assist: components["schemas"]["Named"][];
            /** @description The row of the duty list */
            duty: {
                code: string;
                title: string;
                /** @description Which list, as basic */
                list: string;
                /** @description Legal basis and document */
                basis: string;
                /** Format: date */
                since: string | null;
            } | null;
            /** @description Who it will probably be, once somebody has looked */
            likely: components["schemas"]["Named"] | null;
            /** Format: date-time */
            due: string | null;
            urgent: boolean;
            /** @description Facts that would decide it */
            ask_for: string[];
            danger: components["schemas"]["Danger"][];
            other_doors: components["schemas"]["OtherDoor"][];
            why: components["schemas"]["Explanation"];
            /** @description why in sentences, in the asker's language */
            told: string[];
        };
        KnownCause: {
            /** @description Number of its matter */
            id: string;
            subject: components["schemas"]["Named"] | null;
            places: {
                code: string;
                name: string;
            }[];
            text: string;
            /** @description As text where there is no English */
            text_en: string;
            /** Format: date-time */
            since: string;
            /** Format: date-time */
            until: string;
            /**
             * Format: date-time
             * @description The time before it was moved last
             */
            was: string | null;
            /**
             * Format: int64
             * @description How often it was moved
             */
            moved: number;
            /** @description Why it was moved last */
            why: string;
        };
        Named: {
            code: string;
            name: components["schemas"]["Say"];
        };
        Say: {
            zh: string;
            en: string;
        };
        PostHeld: {
            code: string;
            title: string;
            /** @description Who holds it; the public sees 张* */
            who?: string;
            /** @description For staff alone */
            login?: string;
        };
        Danger: {
            code: string;
            /** @description It is happening now */
            now: boolean;
            /** @description Numbers to dial at once */
            dial: string[];
            name: components["schemas"]["Say"];
            advice: components["schemas"]["Say"];
        };
        OtherDoor: {
            code: string;
            dial: string | null;
            door: components["schemas"]["Say"];
            advice: components["schemas"]["Say"];
            basis: string | null;
        };
        Explanation: {
            /** Format: int64 */
            format: number;
            /** Format: date-time */
            at: string;
            /** Format: int64 */
            town: number;
            /** Format: int64 */
            town_version: number;
            place: {
                /** @description How the place was found */
                how: string;
                grid: string;
                building: string;
                /** @description Chosen from the lists */
                chosen: string;
                thing: string;
                /** @description Found by what was said: how */
                found_by?: string;
                found?: string;
                /** Format: double */
                lat?: number;
                /** Format: double */
                lon?: number;
                datum?: string;
                /** Format: double */
                accuracy?: number | null;
                /** Format: double */
                metres?: number;
                tie: boolean;
                ask: boolean;
                agreement: string;
                others: string[];
            };
            subject: {
                code: string;
                how: string;
                /** Format: int64 */
                score: number;
                /** @description Which classifier */
                by: string;
                /** @description Words of the catalogue that were found */
                words: string[];
                others: string[];
            };
            danger: string[];
            other_doors: string[];
            facts: {
                [key: string]: string;
            };
            urgent: boolean;
            lead: {
                how: string;
                org: string;
                duty?: string;
                list?: string;
                basis?: string;
                /** @description Fact and value in turn */
                condition?: string[];
                agreement: string;
                interim: boolean;
                joint_look: boolean;
                recalled: boolean;
                missing: string[];
                rows: {
                    duty: string;
                    /** @description Why it was not chosen */
                    lost: string;
                }[];
                /** Format: int64 */
                rows_all: number;
            };
            unit: string;
            reach: string;
            assist: string;
            post: {
                code: string;
                title: string;
                backup: boolean;
            };
            duty_officer_alarmed: boolean;
            with_duty_officer?: boolean;
            state: string;
            upstream?: {
                system: string;
                /** Format: date-time */
                due: string | null;
                /** Format: date-time */
                ours: string | null;
            };
            clocks: {
                clock: string;
                /** Format: int64 */
                limit: number;
                unit: string;
                /** @description The last day moves to a working day */
                roll: boolean;
                from: string;
                id: string;
                /** @description On what it rests */
                source: string;
                /** Format: date-time */
                due: string | null;
                provisional: boolean;
            }[];
            calendar: string;
        };
        Similar: {
            /** @description Those that are public and may be joined, the most alike first */
            items: components["schemas"]["PublicMatter"][];
            /** @description Only for whoever may take in reports: those that are not public as well */
            nearby?: {
                subject: components["schemas"]["Named"] | null;
                grid: components["schemas"]["Named"] | null;
                /** Format: date */
                since: string;
                state_name?: components["schemas"]["Say"];
                /**
                 * Format: int64
                 * @description How many people reported it
                 */
                people: number;
            }[];
            /**
             * Format: int64
             * @description How many there are in all; for others only of those that are public
             */
            count: number;
        };
        PublicMatter: {
            thing: components["schemas"]["PublicThing"] | null;
            /** @description Township, community or grid */
            place: components["schemas"]["Named"] | null;
            community: components["schemas"]["Named"] | null;
            /** @description Name of a street or crossing, or empty */
            street: string;
            /**
             * Format: double
             * @description Of the thing or the grid, the same for everybody
             */
            lat: number | null;
            /** Format: double */
            lon: number | null;
            id: string;
            subject: components["schemas"]["Named"] | null;
            /** @description The summary in Chinese, or empty */
            text: string;
            /** @description The summary in English, or empty */
            text_en: string;
            open: boolean;
            state_name: components["schemas"]["Say"];
            unit: components["schemas"]["Named"] | null;
            /** Format: date */
            opened: string;
            /**
             * Format: date
             * @description The expected day
             */
            due: string | null;
            /** Format: date */
            answered: string | null;
            /** Format: date */
            ended: string | null;
            /**
             * Format: date-time
             * @description When it was made public
             */
            released: string;
            /**
             * Format: int64
             * @description How many reported it
             */
            people: number;
            joinable: boolean;
            /**
             * Format: int64
             * @description Number of the first public photo, 0 = none
             */
            photo: number;
            photos?: number[];
        };
        PublicThing: {
            code: string;
            /** @description As lamp */
            kind: string;
            name: components["schemas"]["Say"];
        };
        MatterOpened: {
            id: string;
            /** @description The tracking code, told this once */
            code: string;
            state: string;
            /** Format: date-time */
            due: string | null;
            /** @description Not with the answer to a repeated request */
            answered_by?: components["schemas"]["Decision"];
        };
        Subject: {
            code: string;
            /** @description The subject above;  at the top */
            parent: string;
            name: components["schemas"]["Say"];
            /** @description small, big or hard */
            level: string;
            /** @description none, count or summary */
            publicity: string;
            leaf: boolean;
        };
        ListedPlace: {
            code: string;
            kind: string;
            name: string;
        };
        Town: {
            code: string;
            name: components["schemas"]["Say"];
            /** Format: int64 */
            version: number;
            /** @description For trying out; nothing is real */
            trial: boolean;
            /** @description Approval number of its map, or */
            map_approval: string;
            /** @description The way to a person */
            contact: components["schemas"]["TownContact"];
            /** @description Version of the calendar of working days */
            calendar: string;
            /** @description Staff may sign in with it too: the words on the button */
            sign_in: components["schemas"]["Say"] | null;
        };
        TownContact: {
            /** @description Empty when there is none */
            phone: string;
            /** @description Outside office hours, or empty */
            duty_phone: string;
            /** @description Where the counter is */
            counter: components["schemas"]["Say"];
            /** @description When somebody is there */
            hours: components["schemas"]["Say"];
        };
        TrackedMatter: {
            id: string;
            /**
             * Format: int64
             * @description Revision, for If-Match
             */
            rev: number;
            /** @description Code of its state in the procedure */
            state: string;
            state_name?: components["schemas"]["Say"];
            open: boolean;
            urgent: boolean;
            subject: components["schemas"]["Named"] | null;
            grid: components["schemas"]["Named"] | null;
            unit: components["schemas"]["Named"] | null;
            post: components["schemas"]["PostHeld"] | null;
            /** Format: date-time */
            opened: string;
            /**
             * Format: date-time
             * @description When an answer is promised
             */
            due: string | null;
            /** Format: date-time */
            answered: string | null;
            /** Format: date-time */
            closed: string | null;
            /**
             * Format: int64
             * @description How often it was taken up again
             */
            reopened: number;
            /** Format: date-time */
            shelved_until: string | null;
            rating: {
                /** @enum {string} */
                solved: "no" | "partly" | "yes";
                /**
                 * Format: int64
                 * @description 1 to 5; 0 when it was not said
                 */
                satisfied: number;
            } | null;
            /** @description It waits for the answer of another matter */
            together: {
                unit: components["schemas"]["Named"] | null;
                /** Format: date-time */
                due: string | null;
                known?: components["schemas"]["KnownCause"];
            } | null;
            elsewhere: components["schemas"]["Elsewhere"] | null;
            clocks: components["schemas"]["Clock"][];
            /** @description Which other units were asked */
            helping: components["schemas"]["Helping"][];
            story: components["schemas"]["Step"][];
            files: components["schemas"]["MatterFile"][];
            /** @description What may be done now */
            may: components["schemas"]["Action"][];
        };
        Elsewhere: {
            /** @description On its way */
            underway: boolean;
            to: components["schemas"]["OtherTown"] | null;
            came_from: components["schemas"]["OtherTown"] | null;
            /** @description How it stands there */
            there?: {
                state: components["schemas"]["Say"];
                unit: string;
                /** Format: date-time */
                due: string | null;
                open: boolean;
                /** Format: date-time */
                as_of: string;
            };
        };
        OtherTown: {
            code: string;
            name?: components["schemas"]["Say"];
        };
        Clock: {
            code: string;
            name?: components["schemas"]["Say"];
            /** @enum {string} */
            kind?: "stage" | "task" | "sign" | "contact" | "promised" | "statutory";
            /** @description On what it rests */
            source?: string;
            /** Format: date-time */
            started: string | null;
            /** Format: date-time */
            due: string | null;
            /** @description The calendar is not out yet; it may move */
            provisional: boolean;
            /** Format: date-time */
            stopped: string | null;
            /**
             * Format: int64
             * @description Up to which level it rang
             */
            alarmed: number;
            /** Format: int64 */
            extended: number;
            pauses: {
                /** Format: date-time */
                from: string;
                /** Format: date-time */
                to: string | null;
            }[];
        };
        Helping: {
            unit: components["schemas"]["Named"] | null;
            /** Format: date-time */
            asked: string;
            state_name: components["schemas"]["Say"];
        };
        Step: {
            /** Format: int64 */
            n: number;
            /** Format: date-time */
            at: string;
            /** @description Code of the action, as sign */
            kind: string;
            name?: components["schemas"]["Say"];
            /** @description That somebody else should have done it, and did not */
            apart?: components["schemas"]["Say"];
            /** @description What was written, by the name of its field */
            words?: {
                [key: string]: unknown;
            };
            /** @description The words are gone, on this basis */
            erased?: string;
        };
        MatterFile: {
            /**
             * Format: int64
             * @description Its number, to fetch it by
             */
            k: number;
            /**
             * Format: int64
             * @description With which step of the story it came
             */
            n: number;
            /** @enum {string} */
            kind: "photo" | "voice" | "paper";
            type: string;
            /** Format: int64 */
            bytes: number;
            /** Format: int64 */
            width?: number;
            /** Format: int64 */
            height?: number;
            /**
             * Format: int64
             * @description Milliseconds, of a recording
             */
            ms?: number;
            name?: string;
            /** @enum {string} */
            by: "reporter" | "staff";
            /** @description There is a small picture */
            thumb: boolean;
            /** @description Not for you to hear */
            withheld?: boolean;
            erased?: string;
        };
        Action: {
            /** @description Its code, for the path */
            action: string;
            name: components["schemas"]["Say"];
            form: components["schemas"]["FormField"][];
        };
        FormField: {
            name: string;
            label: components["schemas"]["Say"];
            /** @enum {string} */
            type: "text" | "choice" | "bool" | "int" | "instant" | "files";
            required: boolean;
            /** Format: int64 */
            min?: number;
            /** Format: int64 */
            max?: number;
            choices?: {
                code: string;
                name: components["schemas"]["Say"];
            }[];
        };
        Look: {
            /** Format: date-time */
            at: string;
            /** @description Their unit */
            unit: components["schemas"]["Named"] | null;
            /** @description As 张*; reporter: yourself */
            who: string;
            /** @description The purpose they wrote */
            purpose: string;
        };
        Ok: {
            ok: boolean;
        };
        FileUploaded: {
            /** @description What to name under files when a matter is opened or a step done */
            token: string;
            /** @enum {string} */
            kind: "photo" | "voice" | "paper";
            /** @description Content type of what is kept */
            type: string;
            /** Format: int64 */
            bytes: number;
            /** Format: int64 */
            width?: number;
            /** Format: int64 */
            height?: number;
            /**
             * Format: int64
             * @description Milliseconds, of a voice message
             */
            ms?: number;
        };
        ListedMatter: {
            id: string;
            /** Format: int64 */
            rev: number;
            state: string;
            state_name?: components["schemas"]["Say"];
            open: boolean;
            urgent: boolean;
            subject: components["schemas"]["Named"] | null;
            grid: components["schemas"]["Named"] | null;
            unit: components["schemas"]["Named"] | null;
            post: string;
            holder: string;
            /** Format: int64 */
            raised: number;
            /**
             * Format: int64
             * @description How many were joined to it
             */
            voices: number;
            cause: string | null;
            /** Format: date-time */
            opened: string;
            /** Format: date-time */
            due: string | null;
            /** @description On a board: what runs out first */
            next?: {
                clock: string;
                name?: components["schemas"]["Say"];
                /** Format: date-time */
                due: string;
            } | null;
            marks?: ("urgent" | "overdue" | "returned" | "asked" | "called" | "paused" | "shelved" | "reopened" | "raised" | "place_call")[];
            asked?: string;
            returned_by?: components["schemas"]["Named"] | null;
            /** Format: date-time */
            returned?: string;
            /** Format: date-time */
            answered?: string | null;
            /** Format: date-time */
            shelved_until?: string | null;
            /** Format: int64 */
            reopened?: number;
            /** Format: int64 */
            tasks_open?: number;
        };
        BoardCounts: {
            /** Format: date-time */
            at: string;
            boards: {
                /** @enum {string} */
                board: "today" | "overdue" | "triage" | "returned" | "asked" | "called" | "paused" | "shelved" | "reopened" | "place_call" | "escalated" | "mine";
                name: components["schemas"]["Say"];
                /** Format: int64 */
                count: number;
            }[];
        };
        SavedView: {
            name: string;
            /** @description The filter, as the board's address writes it */
            query: string;
            /** Format: date-time */
            at: string;
        };
        Matter: {
            id: string;
            /**
             * Format: int64
             * @description Revision, for If-Match
             */
            rev: number;
            /** @description Code of its state in the procedure */
            state: string;
            state_name?: components["schemas"]["Say"];
            open: boolean;
            urgent: boolean;
            subject: components["schemas"]["Named"] | null;
            grid: components["schemas"]["Named"] | null;
            unit: components["schemas"]["Named"] | null;
            post: components["schemas"]["PostHeld"] | null;
            /** Format: date-time */
            opened: string;
            /**
             * Format: date-time
             * @description When an answer is promised
             */
            due: string | null;
            /** Format: date-time */
            answered: string | null;
            /** Format: date-time */
            closed: string | null;
            /**
             * Format: int64
             * @description How often it was taken up again
             */
            reopened: number;
            /** Format: date-time */
            shelved_until: string | null;
            rating: {
                /** @enum {string} */
                solved: "no" | "partly" | "yes";
                /**
                 * Format: int64
                 * @description 1 to 5; 0 when it was not said
                 */
                satisfied: number;
            } | null;
            procedure: string;
            /** Format: int64 */
            town_version: number;
            matched: string;
            located: string;
            level: string;
            /** @description Row of the duty list */
            duty: string;
            /** @description Units that assist, parted by semicolons */
            assist: string;
            path: string;
            source: string;
            source_name?: components["schemas"]["Say"];
            /**
             * Format: int64
             * @description How far it was raised
             */
            raised: number;
            /** @description The order from upstream */
            order?: components["schemas"]["Order"];
            /** @description The matter it was joined to */
            cause: string | null;
            /** @description It waits for the answer of that one */
            waits: boolean;
            /** Format: date-time */
            signed: string | null;
            /** Format: date-time */
            contacted: string | null;
            /**
             * Format: date-time
             * @description Until when it may be returned
             */
            return_until: string | null;
            returned: {
                by: components["schemas"]["Named"] | null;
                duty: string;
                /** Format: date-time */
                at: string;
                /** Format: date-time */
                ruled: string | null;
                /** @enum {string} */
                outcome: "waiting" | "overruled" | "upheld";
            } | null;
            /** @description What was asked for and not decided */
            asked: string;
            /** Format: int64 */
            pauses: number;
            /** Format: int64 */
            extensions: number;
            call_back: {
                open: boolean;
                /** Format: int64 */
                calls: number;
                /** Format: int64 */
                days: number;
                /** Format: date-time */
                last: string | null;
                rated: boolean;
            };
            /** @description Masked; null where it is not for you to see */
            reporter: {
                name: string;
                phone: string;
                address: string;
                erased: boolean;
            } | null;
            placing: {
                /** @description The reporter is to be asked where it is */
                call: boolean;
                /** Format: int64 */
                calls: number;
                /** @description The householder, as 张* */
                householder: string | null;
            };
            elsewhere: components["schemas"]["ElsewhereStaff"] | null;
            clocks: components["schemas"]["Clock"][];
            tasks: components["schemas"]["Task"][];
            /** @description Whom the duty list names to assist */
            call_whom: {
                code: string;
                name: string;
                reach: string;
            }[];
            story: components["schemas"]["StaffStep"][];
            files: components["schemas"]["MatterFile"][];
            may: components["schemas"]["Action"][];
        };
        Order: {
            system: string;
            system_name: components["schemas"]["Say"];
            number: string;
            order_state: string;
            order_state_name: components["schemas"]["Say"];
            /**
             * Format: int64
             * @description Which time it was sent
             */
            round: number;
            /** Format: date-time */
            received: string | null;
            /** Format: date-time */
            upstream_due: string | null;
            /** Format: date-time */
            our_due: string | null;
            /** Format: date-time */
            return_until: string | null;
            /** Format: date-time */
            replied: string | null;
        };
        ElsewhereStaff: {
            /** @description On its way */
            underway: boolean;
            to: components["schemas"]["OtherTown"] | null;
            came_from: components["schemas"]["OtherTown"] | null;
            /** @description How it stands there */
            there?: {
                state: components["schemas"]["Say"];
                unit: string;
                /** Format: date-time */
                due: string | null;
                open: boolean;
                /** Format: date-time */
                as_of: string;
            };
            /** @enum {string} */
            stage?: "offer" | "appeal" | "order" | "follow" | "back";
            /** Format: date-time */
            sent?: string | null;
            /** Format: date-time */
            received?: string | null;
            /** Format: date-time */
            ended?: string | null;
            /** Format: int64 */
            tries_in_vain?: number;
            /** Format: date-time */
            asked_again?: string | null;
            error?: string | null;
            error_words?: components["schemas"]["Say"];
            /** @description Towns that were tried */
            tried: string;
        };
        Task: {
            /**
             * Format: int64
             * @description Its number within the matter
             */
            task: number;
            unit: components["schemas"]["Named"] | null;
            lead: components["schemas"]["Named"] | null;
            reach: string;
            state: string;
            state_name: components["schemas"]["Say"];
            post: string;
            holder: string;
            /** Format: int64 */
            raised: number;
            /** Format: date-time */
            asked: string;
            /** Format: date-time */
            report_due: string | null;
            /** Format: date-time */
            reported: string | null;
            /** Format: date-time */
            answer_due: string | null;
            /** Format: date-time */
            ended: string | null;
            /**
             * Format: int64
             * @description The step of the story that asked for it
             */
            asked_n: number;
            /** Format: int64 */
            ended_n: number;
            /**
             * Format: int64
             * @description How the lead rated their help
             */
            help: number | null;
            /**
             * Format: int64
             * @description How they rated being called
             */
            calling: number | null;
            advice?: components["schemas"]["Say"];
            may: components["schemas"]["Action"][];
        };
        StaffStep: {
            /** Format: int64 */
            n: number;
            /** Format: date-time */
            at: string;
            /** @description Code of the action, as sign */
            kind: string;
            name?: components["schemas"]["Say"];
            /** @description That somebody else should have done it, and did not */
            apart?: components["schemas"]["Say"];
            /** @description What was written, by the name of its field */
            words?: {
                [key: string]: unknown;
            };
            /** @description The words are gone, on this basis */
            erased?: string;
            actor: string;
            /** @description The codes that the event holds */
            codes: {
                [key: string]: unknown;
            } | null;
        };
        MatterActed: {
            id: string;
            /** Format: int64 */
            rev: number;
            state: string;
            unit: components["schemas"]["Named"] | null;
            /** Format: date-time */
            due: string | null;
        };
        ContactOpened: {
            name: string;
            phone: string;
            address: string;
            mail: string;
            /** @description How they may be reached safely */
            note: string;
        };
        HouseholderOpened: {
            name: string;
        };
        AuditedLook: {
            /** Format: date-time */
            at: string;
            matter: string;
            actor: string;
            purpose: string;
        };
        Told: {
            /** @description One line a point */
            lines: string[];
        };
        TaskRow: {
            /**
             * Format: int64
             * @description Its number within the matter
             */
            task: number;
            unit: components["schemas"]["Named"] | null;
            lead: components["schemas"]["Named"] | null;
            reach: string;
            state: string;
            state_name: components["schemas"]["Say"];
            post: string;
            holder: string;
            /** Format: int64 */
            raised: number;
            /** Format: date-time */
            asked: string;
            /** Format: date-time */
            report_due: string | null;
            /** Format: date-time */
            reported: string | null;
            /** Format: date-time */
            answer_due: string | null;
            matter: string;
            urgent: boolean;
            subject: components["schemas"]["Named"] | null;
            grid: components["schemas"]["Named"] | null;
            /** @description What they were asked to do */
            asked_words: {
                [key: string]: unknown;
            } | null;
        };
        Cooperation: {
            /** Format: date */
            from: string;
            /** Format: date */
            to: string;
            /** @enum {string} */
            by: "unit" | "lead";
            rows: components["schemas"]["CooperationRow"][];
        };
        CooperationRow: {
            key: string;
            /**
             * Format: int64
             * @description How many cells this row adds up
             */
            cells: number;
            /** @description Too few stand behind it: no figures */
            withheld: boolean;
            unit?: components["schemas"]["Named"] | null;
            /** Format: int64 */
            asked?: number;
            /** Format: int64 */
            called_off?: number;
            /** Format: int64 */
            open?: number;
            /** Format: int64 */
            overridden?: number;
            report_in?: {
                /** Format: int64 */
                in_time: number;
                /** Format: int64 */
                late: number;
            };
            answer?: {
                /** Format: int64 */
                in_time: number;
                /** Format: int64 */
                late: number;
            };
            /** @description For whoever dispatches for the whole town */
            cooperation?: {
                /** Format: int64 */
                ratings: number;
                /** Format: double */
                mean: number;
            } | null;
        };
        OrderTaken: {
            system: string;
            system_name: components["schemas"]["Say"];
            number: string;
            order_state: string;
            order_state_name: components["schemas"]["Say"];
            /**
             * Format: int64
             * @description Which time it was sent
             */
            round: number;
            /** Format: date-time */
            received: string | null;
            /** Format: date-time */
            upstream_due: string | null;
            /** Format: date-time */
            our_due: string | null;
            /** Format: date-time */
            return_until: string | null;
            /** Format: date-time */
            replied: string | null;
            /** @enum {string} */
            outcome: "opened" | "same" | "noted" | "redone";
            id: string;
            state: string;
            /** Format: date-time */
            due: string | null;
            /** @description The tracking code of a new matter */
            code: string | null;
        };
        OrderRow: {
            system: string;
            system_name: components["schemas"]["Say"];
            number: string;
            order_state: string;
            order_state_name: components["schemas"]["Say"];
            /**
             * Format: int64
             * @description Which time it was sent
             */
            round: number;
            /** Format: date-time */
            received: string | null;
            /** Format: date-time */
            upstream_due: string | null;
            /** Format: date-time */
            our_due: string | null;
            /** Format: date-time */
            return_until: string | null;
            /** Format: date-time */
            replied: string | null;
            id: string;
            state: string;
            unit: components["schemas"]["Named"] | null;
        };
        OrderWithMatter: {
            system: string;
            system_name: components["schemas"]["Say"];
            number: string;
            order_state: string;
            order_state_name: components["schemas"]["Say"];
            /**
             * Format: int64
             * @description Which time it was sent
             */
            round: number;
            /** Format: date-time */
            received: string | null;
            /** Format: date-time */
            upstream_due: string | null;
            /** Format: date-time */
            our_due: string | null;
            /** Format: date-time */
            return_until: string | null;
            /** Format: date-time */
            replied: string | null;
            id: string;
            /** Format: int64 */
            rev: number;
            state: string;
            unit: components["schemas"]["Named"] | null;
            /** Format: date-time */
            due: string | null;
        };
        OrderReply: {
            id: string;
            number: string;
            ready: boolean;
            fields: {
                code: string;
                label: components["schemas"]["Say"];
                required: boolean;
                /** Format: int64 */
                max: number;
                value: string;
                /** @enum {string|null} */
                fault: "missing" | "too_long" | null;
            }[];
            /** @description All of it, to copy */
            text: string;
        };
        Upstream: {
            /** Format: date */
            from: string;
            /** Format: date */
            to: string;
            /** Format: int64 */
            soon_days: number;
            rows: components["schemas"]["UpstreamRow"][];
        };
        UpstreamRow: {
            system: string;
            name: components["schemas"]["Say"];
            /** Format: int64 */
            orders: number;
            /** Format: int64 */
            open: number;
            /** Format: int64 */
            in_time: number;
            /** Format: int64 */
            late: number;
            /** Format: int64 */
            overdue: number;
            /** Format: double */
            in_time_rate: number | null;
            /** Format: int64 */
            returned: number;
            /** Format: int64 */
            taken_back: number;
            /** Format: int64 */
            refused: number;
            /** Format: int64 */
            redone: number;
            /** Format: int64 */
            rounds: number;
            /** Format: double */
            redo_rate: number | null;
            /** Format: int64 */
            due_soon: number;
            /**
             * Format: int64
             * @description Past the day we set ourselves
             */
            past_ours: number;
        };
        SimilarMatter: {
            id: string;
            /** @description The matter to join: itself, or its cause */
            cause: string;
            /** Format: int64 */
            percent: number;
            /** Format: double */
            metres: number | null;
            /** Format: int64 */
            voices: number;
            state: string;
            subject: components["schemas"]["Named"] | null;
            grid: components["schemas"]["Named"] | null;
            /** Format: date-time */
            opened: string;
        };
        Voices: {
            /**
             * Format: int64
             * @description How many were joined
             */
            voices: number;
            /** Format: int64 */
            waiting: number;
            /** Format: date-time */
            first_opened: string | null;
            /**
             * Format: date-time
             * @description The earliest day promised to one of them
             */
            first_due: string | null;
            /** @description Those within your reach */
            items: components["schemas"]["MatterRow"][];
            next: string | null;
        };
        MatterRow: {
            id: string;
            /** Format: int64 */
            rev: number;
            state: string;
            state_name?: components["schemas"]["Say"];
            open: boolean;
            urgent: boolean;
            subject: components["schemas"]["Named"] | null;
            grid: components["schemas"]["Named"] | null;
            unit: components["schemas"]["Named"] | null;
            post: string;
            holder: string;
            /** Format: int64 */
            raised: number;
            /**
             * Format: int64
             * @description How many were joined to it
             */
            voices: number;
            cause: string | null;
            /** Format: date-time */
            opened: string;
            /** Format: date-time */
            due: string | null;
        };
        CauseAnnounced: {
            known: components["schemas"]["KnownCause"];
            id: string;
            /** Format: int64 */
            rev: number;
            state: string;
            /** Format: int64 */
            voices: number;
            unit: components["schemas"]["Named"] | null;
            /** Format: date-time */
            due: string | null;
        };
        Releasing: {
            /** Format: int64 */
            rev: number;
            /** @description May you release it? */
            may: boolean;
            why_not: components["schemas"]["Say"] | null;
            release: components["schemas"]["Release"] | null;
            places: components["schemas"]["PublicPlaceChoice"][];
            photos: {
                /**
                 * Format: int64
                 * @description Number of the file
                 */
                k: number;
                /** @description reporter or staff */
                by: string;
                released: boolean;
                /** Format: date-time */
                at: string | null;
                /** @description Who released it */
                who: string;
            }[];
        };
        Release: {
            text: string;
            text_en: string;
            street: string;
            thing: string;
            place: string;
            /**
             * Format: date-time
             * @description The first time
             */
            at: string;
            /** Format: date-time */
            changed: string;
            by: string;
        };
        PublicPlaceChoice: {
            thing: components["schemas"]["PublicThing"] | null;
            /** @description Township, community or grid */
            place: components["schemas"]["Named"] | null;
            community: components["schemas"]["Named"] | null;
            /** @description Name of a street or crossing, or empty */
            street: string;
            /**
             * Format: double
             * @description Of the thing or the grid, the same for everybody
             */
            lat: number | null;
            /** Format: double */
            lon: number | null;
            /**
             * Format: int64
             * @description How far the thing is from where it is
             */
            metres: number | null;
        };
        ReleasePreview: {
            advice: {
                field: string;
                /** @description phone, id, plate, account, mail, door, person or same-words */
                kind: string;
                /** @description The words it is about */
                what: string;
            }[];
            shown: components["schemas"]["PublicMatter"];
        };
        PublicCounts: {
            /** Format: date */
            from: string;
            /** Format: date */
            to: string;
            /** @enum {string} */
            by: "both" | "community" | "subject";
            rows: {
                /** @description Null where nobody knows yet, or several are added up */
                community: components["schemas"]["Named"] | null;
                subject: components["schemas"]["Named"] | null;
                /**
                 * Format: int64
                 * @description How many cells this row adds up
                 */
                cells: number;
                /** @description Too few: no figures */
                withheld: boolean;
                /** Format: int64 */
                reports?: number;
                /** Format: int64 */
                open?: number;
            }[];
        };
        VoiceJoined: {
            id: string;
            /** @description The tracking code */
            code: string;
            /** @description False: there is danger, and it goes its own way at once */
            joined: boolean;
            state: string;
            /** Format: date-time */
            due: string | null;
            answered_by?: components["schemas"]["Decision"];
        };
        StandingStory: {
            standing: components["schemas"]["Standing"];
            story: {
                /** Format: date-time */
                at: string;
                by: string;
                kind: string;
                unit: components["schemas"]["Named"] | null;
                post: string;
                /** Format: int64 */
                goal: number;
                /** Format: date */
                due: string | null;
                counted?: components["schemas"]["StandingCounts"];
            }[];
        };
        Standing: {
            id: string;
            /** Format: int64 */
            rev: number;
            subject: components["schemas"]["Named"] | null;
            place: components["schemas"]["Named"] | null;
            unit: components["schemas"]["Named"] | null;
            post: string;
            plan: string;
            /**
             * Format: int64
             * @description Goal: reports a month
             */
            goal: number;
            /** Format: date */
            since: string;
            /** Format: date */
            due: string;
            opened_by: string;
            /** Format: date-time */
            opened: string;
            /** Format: date-time */
            ended: string | null;
            outcome: string;
            measure?: components["schemas"]["StandingMeasure"];
        };
        StandingMeasure: {
            /** Format: int64 */
            before: number;
            /** Format: int64 */
            months_before: number;
            /** Format: int64 */
            since: number;
            /** Format: int64 */
            months_since: number;
            /** Format: int64 */
            last_month: number;
            /** @enum {string} */
            verdict: "too_early" | "falls" | "same" | "rises";
            goal_met: boolean;
            overdue: boolean;
        };
        StandingCounts: {
            /** Format: int64 */
            before: number;
            /** Format: int64 */
            months_before: number;
            /** Format: int64 */
            since: number;
            /** Format: int64 */
            months_since: number;
            /** Format: int64 */
            last_month: number;
        };
        Standings: {
            items: components["schemas"]["Standing"][];
            /** @description What comes back and might become one */
            comes_back: {
                subject: components["schemas"]["Named"] | null;
                grid: components["schemas"]["Named"] | null;
                /** Format: int64 */
                reports: number;
            }[];
        };
        Callbacks: {
            /** @description What to say */
            script: components["schemas"]["Say"];
            items: components["schemas"]["CallbackRow"][];
            next: string | null;
        };
        CallbackRow: {
            id: string;
            /** Format: int64 */
            rev: number;
            subject: components["schemas"]["Named"] | null;
            grid: components["schemas"]["Named"] | null;
            unit: components["schemas"]["Named"] | null;
            /** Format: date-time */
            closed: string;
            /**
             * Format: date-time
             * @description By when to call
             */
            call_by: string | null;
            /** Format: int64 */
            calls: number;
            /**
             * Format: int64
             * @description On how many days it was tried
             */
            days: number;
            /** Format: date-time */
            last_call: string | null;
        };
        TownMap: {
            /** Format: int64 */
            version: number;
            /** @description The approval number, to be shown with every map */
            approval: string;
            /** @description It may be drawn; else there is neither outline nor point */
            drawn: boolean;
            /** @description West, south, east, north */
            bbox: number[] | null;
            /** @description The ground under it; null where there is none */
            base: components["schemas"]["BaseMap"] | null;
            places: components["schemas"]["MapPlace"][];
            /** @description GeoJSON FeatureCollection: polygons with code, name, community */
            grids: unknown;
            things: components["schemas"]["MapThing"][];
        };
        BaseMap: {
            /**
             * @description file: read base/file in ranges; tiles: one at base/{layer}/{z}/{x}/{y}
             * @enum {string}
             */
            kind: "file" | "tiles";
            /**
             * Format: int64
             * @description How many layers of tiles, from the lowest up
             */
            layers: number;
            /** @description Vector tiles; null of a file, which says it itself */
            vector: boolean | null;
            /** Format: int64 */
            min_zoom: number;
            /** Format: int64 */
            max_zoom: number;
            /** Format: int64 */
            tile_size: number;
            /** @description Where there are tiles: west, south, east, north */
            bounds: number[] | null;
            /** @description To be shown with it; where it is empty, the file's own */
            attribution: string;
            /** @description The base map's own approval number */
            approval: string;
        };
        MapPlace: {
            code: string;
            parent: string;
            kind: string;
            name: string;
            /**
             * Format: double
             * @description A point inside the grid, for its label
             */
            lat?: number;
            /** Format: double */
            lon?: number;
        };
        MapThing: {
            code: string;
            kind: string;
            place: string;
            /** Format: double */
            lat?: number;
            /** Format: double */
            lon?: number;
        };
        Schematic: {
            /** Format: int64 */
            columns: number;
            /** @description Communities by row and column; without those that have no grid drawn */
            items: {
                code: string;
                name: string;
                /**
                 * Format: int64
                 * @description From north to south, from 0
                 */
                row: number;
                /**
                 * Format: int64
                 * @description From west to east, from 0
                 */
                column: number;
            }[];
        };
        MapLoad: {
            /** Format: date-time */
            as_of: string;
            matters: components["schemas"]["MapMatter"][];
            grids: {
                code: string;
                /** Format: int64 */
                open: number;
                /** Format: int64 */
                late: number;
            }[];
            /**
             * Format: int64
             * @description Not placed in any grid
             */
            nowhere: number;
            /** Format: int64 */
            nowhere_late: number;
            /** Format: int64 */
            open: number;
            /** @description Only a part is listed */
            more: boolean;
        };
        MapMatter: {
            id: string;
            state: string;
            subject: components["schemas"]["Named"] | null;
            grid: string;
            unit: components["schemas"]["Named"] | null;
            urgent: boolean;
            /** Format: date-time */
            due: string | null;
            /**
             * @description Where it is drawn: the point given, the thing, the grid
             * @enum {string}
             */
            at: "point" | "thing" | "grid" | "nowhere";
            /** Format: double */
            lat?: number;
            /** Format: double */
            lon?: number;
        };
        FoundPlaces: {
            candidates: components["schemas"]["PlaceHit"][];
        };
        PlaceHit: {
            how: string;
            how_name: components["schemas"]["Say"];
            certain: boolean;
            /** @description By which words */
            words: string;
            /** Format: int64 */
            percent: number;
            place: {
                code: string;
                kind: string;
                name: string;
                /** @description Places above it, the nearest first */
                within: string[];
            } | null;
            thing: {
                code: string;
                kind: string;
            } | null;
            /** Format: double */
            lat?: number;
            /** Format: double */
            lon?: number;
        };
        MatterPlaces: {
            candidates: components["schemas"]["PlaceHit"][];
            /** @description The place as it was said */
            said: string;
        };
        Alias: {
            id: string;
            said: string;
            place?: components["schemas"]["Named"] | null;
            thing?: string;
            state: string;
            /** @description The matter it was learned from */
            matter: string | null;
            proposer: string;
            /** Format: date-time */
            proposed: string;
            reviewer: string;
            /** Format: date-time */
            reviewed: string | null;
        };
        Made: {
            id: string;
        };
        DutyRow: {
            code: string;
            /**
             * Format: int64
             * @description Its line in duties.csv
             */
            line: number;
            list: string;
            list_name: components["schemas"]["Say"];
            subject: components["schemas"]["Named"] | null;
            title: string;
            /** @description fact=value, all must hold */
            condition: string[];
            lead: components["schemas"]["Named"] | null;
            assist: components["schemas"]["Named"][];
            /** @description null: the whole town */
            place: components["schemas"]["Named"] | null;
            /** Format: int64 */
            limit: number | null;
            unit: string | null;
            basis: string;
            /** Format: date */
            since: string | null;
            /** Format: date */
            until: string | null;
            /** @description In force today */
            holds: boolean;
        };
        PostRow: {
            code: string;
            /** Format: int64 */
            line: number;
            title: string;
            role: components["schemas"]["Named"] | null;
            org: components["schemas"]["Named"] | null;
            place: components["schemas"]["Named"] | null;
            holder: components["schemas"]["Person"] | null;
            backup: components["schemas"]["Person"] | null;
            /**
             * @description Today: held, the backup stands in, nobody, the term is over, not begun
             * @enum {string}
             */
            state: "held" | "backup" | "vacant" | "over" | "future";
            acting: components["schemas"]["Person"] | null;
            /** Format: date */
            since: string | null;
            /** Format: date */
            until: string | null;
            /**
             * Format: int64
             * @description Days until the term or the holder's service ends, whichever is first
             */
            ends_in: number | null;
        };
        Person: {
            login: string;
            name: string;
        };
        Calendar: {
            /** Format: int64 */
            year: number;
            version: string;
            /** @description The notice of that year is known; else weekends alone are counted */
            published: boolean;
            /** @description Office hours */
            hours: string[];
            /** @description Every day of the year */
            days: {
                /** Format: date */
                day: string;
                /** @enum {string} */
                kind: "workday" | "weekend" | "holiday" | "makeup" | "local_off" | "local_work";
                work: boolean;
                name: components["schemas"]["Say"];
            }[];
        };
        ProcedureItem: {
            code: string;
            /** Format: int64 */
            version: number;
            name: components["schemas"]["Say"];
            source: string;
            /** @description The town's own; else the product's */
            own: boolean;
        };
        Procedure: {
            code: string;
            /** Format: int64 */
            version: number;
            name: components["schemas"]["Say"];
            source: string;
            /** @description The town's own; else the product's */
            own: boolean;
            states: components["schemas"]["ProcedureState"][];
            actions: components["schemas"]["ProcedureAction"][];
            clocks: components["schemas"]["ProcedureClock"][];
        };
        ProcedureState: {
            code: string;
            name: components["schemas"]["Say"];
            /** @description What the reporter reads */
            public: components["schemas"]["Say"];
            final: boolean;
            /** @description The clock that watches it */
            watch: string | null;
        };
        ProcedureAction: {
            code: string;
            name: components["schemas"]["Say"];
            /** @description Who: anybody, reporter, system, town, or names of rights */
            by: string[];
            opens: boolean;
            reopens: boolean;
            from: string[];
            when: components["schemas"]["Say"][];
            /** @description The first that holds decides */
            to: {
                /** @description null: it stays where it is */
                to: string | null;
                /** @description When all of this holds */
                when: components["schemas"]["Say"][];
            }[];
            fields: string[];
            /** @description Clocks that it starts */
            starts: string[];
            stops: string[];
        };
        ProcedureClock: {
            code: string;
            name: components["schemas"]["Say"];
            kind: string;
            limit: string;
            /** Format: int64 */
            length: number | null;
            unit: string | null;
            source: string;
            /** @description What the system does when it has run out */
            then: string | null;
        };
        Account: {
            login: string;
            name: string;
            org: components["schemas"]["Named"] | null;
            /** @description Titles of posts held, also as backup */
            posts: string[];
            /**
             * Format: date
             * @description Last day of service
             */
            until: string | null;
            /** @description In service today */
            serves: boolean;
            /** @description A password was set */
            password: boolean;
            two_factor: boolean;
            /** @description Linked to the sign-in elsewhere */
            linked: boolean;
            /** @description A link waits to be used */
            invited: boolean;
        };
        Invitation: {
            login: string;
            name: string;
            /** @description Who invited */
            maker: string;
            /** Format: date-time */
            at: string;
            /** Format: date-time */
            until: string;
        };
        Key: {
            name: string;
            rights: string[];
            /** @description Only within this path; empty: the whole town */
            place: string;
            org: string;
            /** Format: date */
            until: string | null;
            /** Format: date-time */
            revoked: string | null;
            maker: string;
            /** Format: date-time */
            at: string;
        };
        AuditAct: {
            /** Format: date-time */
            at: string;
            actor: string;
            act: string;
            subject: string;
            done: boolean;
        };
        Jobs: {
            /** Format: date-time */
            as_of: string;
            engine: string;
            /** @description Events wait for the sealer */
            unsealed: boolean;
            jobs: {
                job: string;
                /** @description Which process */
                holder: string;
                /** Format: date-time */
                until: string;
                /** @description Somebody is at it now */
                held: boolean;
            }[];
            listeners: {
                name: string;
                /**
                 * Format: int64
                 * @description Seals not handled yet
                 */
                behind: number;
                /** Format: date-time */
                upto: string | null;
                /**
                 * Format: int64
                 * @description Matters that could not be read and were set aside
                 */
                parked: number;
            }[];
            messages: {
                channel: string;
                state: string;
                /** Format: int64 */
                n: number;
            }[];
            /** @description There are gateways for messages */
            gateways: boolean;
        };
        NoticeText: {
            kind: string;
            /** @description To reporters; else to staff */
            reporter: boolean;
            /** @description Placeholders that it may have */
            slots: string[];
            title: components["schemas"]["Say"];
            sms: components["schemas"]["Say"];
            text: components["schemas"]["Say"];
        };
        Folder: {
            /** Format: int64 */
            version: number;
            /** Format: date-time */
            at: string;
            trial: boolean;
            files: {
                name: string;
                /** Format: int64 */
                bytes: number;
                /** Format: int64 */
                lines: number;
            }[];
        };
        Findings: {
            /** Format: int64 */
            errors: number;
            /** Format: int64 */
            warnings: number;
            /**
             * Format: int64
             * @description How many are not listed
             */
            dropped: number;
            findings: components["schemas"]["Finding"][];
        };
        Finding: {
            /** @description Which rule, such as duty.tie */
            rule: string;
            /** @enum {string} */
            severity: "error" | "warning";
            file: string;
            /**
             * Format: int64
             * @description From 1; 0 is the file as a whole
             */
            line: number;
            message: components["schemas"]["Say"];
            /** @description What to do */
            hint: components["schemas"]["Say"];
            /** @description A GeoJSON geometry */
            geometry: unknown;
        };
        Version: {
            /** Format: int64 */
            version: number;
            /** Format: date-time */
            at: string;
            trial: boolean;
            /** @description Who brought it in; null from the command line */
            by: components["schemas"]["Person"] | null;
            draft: {
                id: string;
                proposer: components["schemas"]["Person"] | null;
                judge: components["schemas"]["Person"] | null;
                why: string;
            } | null;
            /** @description Files that differ from the version before */
            files: string[];
        };
        TownDiff: {
            differs: boolean;
            files: components["schemas"]["Changes"];
            places: components["schemas"]["Changes"];
            aliases: components["schemas"]["Changes"];
            grids: components["schemas"]["Changes"];
            orgs: components["schemas"]["Changes"];
            posts: components["schemas"]["Changes"];
            staff: components["schemas"]["Changes"];
            subjects: components["schemas"]["Changes"];
            duties: components["schemas"]["DutyChange"][];
            matters: {
                /**
                 * Format: int64
                 * @description Open matters that were looked at
                 */
                open: number;
                /**
                 * Format: int64
                 * @description How many of them would go elsewhere
                 */
                moved: number;
                /** @description Not all were looked at or listed */
                more: boolean;
                items: components["schemas"]["MatterMoved"][];
            } | null;
        };
        Changes: {
            added: string[];
            removed: string[];
            changed: string[];
        };
        DutyChange: {
            code: string;
            title: string;
            /** @enum {string} */
            change: "added" | "removed" | "changed";
            lead_before: components["schemas"]["Named"] | null;
            lead_after: components["schemas"]["Named"] | null;
            /** @description Which columns changed */
            fields: string[];
        };
        MatterMoved: {
            id: string;
            subject: components["schemas"]["Named"] | null;
            place: components["schemas"]["Named"] | null;
            /** @description Who has it now */
            unit: components["schemas"]["Named"] | null;
            /** @description Whose it is by the one version */
            before: components["schemas"]["Named"] | null;
            /** @description and by the other */
            after: components["schemas"]["Named"] | null;
            how: string;
            how_name: components["schemas"]["Say"];
        };
        DraftItem: {
            id: string;
            /** Format: int64 */
            rev: number;
            /** @enum {string} */
            state: "open" | "proposed" | "loaded" | "refused" | "withdrawn" | "expired";
            why: string;
            proposer: components["schemas"]["Person"] | null;
            /** @description The second person, or who withdrew it */
            judge: components["schemas"]["Person"] | null;
            /** @description Why it was refused or withdrawn */
            said: string;
            /**
             * Format: int64
             * @description The version that it became
             */
            version: number | null;
            /** Format: date-time */
            opened: string;
            /** Format: date-time */
            touched: string;
            /** Format: date-time */
            ended: string | null;
            /**
             * Format: date-time
             * @description When it ends if nobody touches it
             */
            expires: string | null;
            /** @description Is it the reader's own? */
            own: boolean;
        };
        Draft: {
            id: string;
            /** Format: int64 */
            rev: number;
            /** @enum {string} */
            state: "open" | "proposed" | "loaded" | "refused" | "withdrawn" | "expired";
            why: string;
            proposer: components["schemas"]["Person"] | null;
            /** @description The second person, or who withdrew it */
            judge: components["schemas"]["Person"] | null;
            /** @description Why it was refused or withdrawn */
            said: string;
            /**
             * Format: int64
             * @description The version that it became
             */
            version: number | null;
            /** Format: date-time */
            opened: string;
            /** Format: date-time */
            touched: string;
            /** Format: date-time */
            ended: string | null;
            /**
             * Format: date-time
             * @description When it ends if nobody touches it
             */
            expires: string | null;
            /** @description Is it the reader's own? */
            own: boolean;
            files: {
                name: string;
                /**
                 * Format: int64
                 * @description The version on which it was written
                 */
                base: number;
                gone: boolean;
                /** Format: int64 */
                bytes: number;
            }[];
        };
        Lessons: {
            items: {
                /** @description What five of them and more lead to now; null: to nothing, or to this and that */
                from: components["schemas"]["Named"] | null;
                /** @description What the desk made of it */
                to: components["schemas"]["Named"] | null;
                words: {
                    word: string;
                    /**
                     * Format: int64
                     * @description In how many of the corrected it stands, at least 5
                     */
                    texts: number;
                }[];
                /**
                 * Format: int64
                 * @description How many were corrected, at least 5
                 */
                corrected: number;
                /**
                 * Format: int64
                 * @description How many of them would be placed right with these words
                 */
                right: number;
                /**
                 * Format: int64
                 * @description How many of all are placed right today
                 */
                good: number;
                /**
                 * Format: int64
                 * @description How many of those would go wrong; 0 with wrong_few where it is one to four
                 */
                wrong: number;
                wrong_few: boolean;
            }[];
            decided: {
                subject: components["schemas"]["Named"] | null;
                word: string;
                by: string;
                /** Format: date-time */
                at: string;
                /** @description The draft that it went into; null: declined */
                draft: string | null;
                /** @description State of the draft, or declined */
                state: string;
            }[];
            /**
             * Format: int64
             * @description From how many of the newest matters
             */
            looked: number;
        };
        ListedUnit: {
            code: string;
            name: string;
            kind: string;
            /** @description How it is reached: account, letter, upstream, phone */
            reach: string;
        };
        Roster: {
            /** Format: date */
            from: string;
            /** Format: date */
            to: string;
            now: {
                leader: {
                    login: string;
                    name: string;
                    away: boolean;
                } | null;
                officer: {
                    login: string;
                    name: string;
                    away: boolean;
                } | null;
            };
            shifts: components["schemas"]["Shift"][];
        };
        Shift: {
            /** Format: date */
            date: string;
            shift: string;
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            to: string;
            leader: {
                login: string;
                name: string;
                away: boolean;
            } | null;
            officers: {
                login: string;
                name: string;
                away: boolean;
            }[];
            swaps?: {
                from: {
                    login: string;
                    name: string;
                    away: boolean;
                } | null;
                to: {
                    login: string;
                    name: string;
                    away: boolean;
                } | null;
                leads: boolean;
                why: string;
                approved_by: string;
            }[];
        };
        Leave: {
            id: string;
            login: string;
            name: string;
            /** Format: date */
            since: string;
            /** Format: date */
            until: string;
        };
        LeaveSet: {
            /**
             * Format: int64
             * @description How many matters moved
             */
            moved: number;
            /** @description There are more: call again */
            more: boolean;
            id: string;
        };
        HandedOver: {
            /**
             * Format: int64
             * @description How many matters moved
             */
            moved: number;
            /** @description There are more: call again */
            more: boolean;
        };
        Swap: {
            id: string;
            /** Format: date */
            date: string;
            shift: string;
            leads: boolean;
            asker: {
                login: string;
                name: string;
            };
            with: {
                login: string;
                name: string;
            };
            /** @description The turn taken in return */
            back: {
                /** Format: date */
                date: string;
                shift: string;
            } | null;
            reason: string;
            state: string;
            ruled_by?: {
                login: string;
                name: string;
            };
            /** Format: date-time */
            at: string;
        };
        Sheet: {
            id: string;
            /** Format: int64 */
            rev: number;
            /** Format: date */
            date: string;
            shift: string;
            /** Format: date-time */
            made: string;
            handed_over: {
                login: string;
                name: string;
                /** Format: date-time */
                at: string;
            } | null;
            taken_over: {
                login: string;
                name: string;
                /** Format: date-time */
                at: string;
            } | null;
            /** @description Not in a list */
            sheet?: components["schemas"]["SheetBody"];
        };
        SheetBody: {
            town: string;
            /** Format: date */
            date: string;
            shift: string;
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            to: string;
            leader: {
                login: string;
                name: string;
            } | null;
            out: {
                login: string;
                name: string;
            }[];
            next: {
                leader: {
                    login: string;
                    name: string;
                } | null;
                in: {
                    login: string;
                    name: string;
                }[];
                /** Format: date-time */
                to: string;
            };
            /** Format: date-time */
            made: string;
            urgent: {
                id: string;
                what?: string;
                state: components["schemas"]["Say"];
                subject: components["schemas"]["Say"];
                grid: string;
                unit: string;
                holder: string;
                /** Format: date-time */
                due: string | null;
            }[];
            unsigned: {
                id: string;
                what?: string;
                state: components["schemas"]["Say"];
                subject: components["schemas"]["Say"];
                grid: string;
                unit: string;
                holder: string;
                /** Format: date-time */
                due: string | null;
            }[];
            calls: {
                id: string;
                what?: string;
                state: components["schemas"]["Say"];
                subject: components["schemas"]["Say"];
                grid: string;
                unit: string;
                holder: string;
                /** Format: date-time */
                due: string | null;
            }[];
            /** @description How many of each are not listed */
            more: {
                /** Format: int64 */
                urgent: number;
                /** Format: int64 */
                unsigned: number;
                /** Format: int64 */
                calls: number;
            };
        };
        SignedIn: {
            login: string;
            /** @description For X-CSRF-Token of what is written */
            csrf: string;
            /** Format: date-time */
            until: string | null;
        };
        Me: {
            login: string;
            name: string;
            csrf: string;
            posts: {
                post: components["schemas"]["PostHeld"] | null;
                /** @description Path of the place it covers */
                place: string;
                /** @description Path of its unit */
                org: string;
                /** @description Rights */
                may: string[];
            }[];
        };
        SecondFactorOffered: {
            secret: string;
            /** @description To be shown as a QR code */
            uri: string;
        };
        Invited: {
            /** @description The token of the one-time link */
            token: string;
            /** Format: date-time */
            until: string;
        };
        InvitationAccepted: {
            login: string;
        };
        KeyMade: {
            name: string;
            /** @description Shown this once */
            key: string;
        };
        MySignInElsewhere: {
            /** @description What the sign-in elsewhere is called; null: none is configured */
            name: components["schemas"]["Say"] | null;
            linked: boolean;
            /**
             * Format: date-time
             * @description Since when
             */
            at: string | null;
            /** @description An administrator linked it */
            by_other: boolean;
        };
        SignInElsewhere: {
            /** @description For the browser to open */
            url: string;
        };
        NoticeBox: {
            /** Format: int64 */
            unread: number;
            items: components["schemas"]["Notice"][];
            next: string | null;
        };
        Notice: {
            id: string;
            matter: string;
            /** @description As in notices.yaml, or event */
            kind: string;
            /** Format: date-time */
            at: string;
            /** Format: date-time */
            read: string | null;
            urgent: boolean;
            /** Format: date-time */
            due: string | null;
            /**
             * Format: date-time
             * @description The time before it was moved
             */
            was: string | null;
            title: components["schemas"]["Say"];
            text: components["schemas"]["Say"];
        };
        UndeliveredNotice: {
            id: string;
            matter: string;
            kind: string;
            to: string;
            channel: string;
            /** Format: int64 */
            tries: number;
            /** Format: date-time */
            at: string;
            /** Format: date-time */
            given_up: string | null;
            error: string;
            why: components["schemas"]["Say"];
        };
        ParcelAnswer: {
            /** @description This town */
            from: string;
            /** @description The sender */
            to: string;
            /** @description The sealed answer, base64 */
            box: string;
        };
        ParcelRow: {
            matter: string;
            parcel: string;
            state: string;
            /** @description Out: whom it went to first */
            first?: components["schemas"]["OtherTown"] | null;
            to?: components["schemas"]["OtherTown"] | null;
            /** @enum {string} */
            stage?: "offer" | "appeal" | "order" | "follow" | "back";
            /** Format: date-time */
            sent?: string | null;
            /** Format: date-time */
            received?: string | null;
            /** Format: date-time */
            ended?: string | null;
            /** Format: int64 */
            tries_in_vain?: number;
            /** Format: date-time */
            asked_again?: string | null;
            error?: string | null;
            error_words?: components["schemas"]["Say"];
            there?: {
                state: components["schemas"]["Say"];
                unit: string;
                /** Format: date-time */
                due: string | null;
                open: boolean;
                /** Format: date-time */
                as_of: string;
            };
            open?: boolean;
            /** @description In: where it came from */
            from?: components["schemas"]["OtherTown"] | null;
            how?: string;
            not_taken_by?: components["schemas"]["OtherTown"] | null;
            /** Format: date-time */
            arrived?: string;
            /** Format: date-time */
            over?: string | null;
            /** Format: date-time */
            due?: string | null;
        };
        Neighbours: {
            /** @description This town's public key; null where there is none */
            key: string | null;
            items: {
                code: string;
                name: components["schemas"]["Say"];
                superior: string;
            }[];
        };
        HeldData: {
            matter: components["schemas"]["TrackedMatter"];
            explanation: components["schemas"]["Explanation"] | null;
            contact: {
                name: string;
                phone: string;
                address: string;
                /** @description How to reach them safely, once it is opened */
                note?: string;
                masked: boolean;
                basis: string;
                /** Format: date-time */
                since: string;
            } | null;
            looks: {
                items: components["schemas"]["Look"][];
            };
            kept_until: {
                /** Format: date */
                contact?: string;
                /** Format: date */
                voice?: string;
                /** Format: date */
                matter?: string;
            };
        };
        Erased: {
            /** Format: int64 */
            entries: number;
            /** Format: int64 */
            contacts: number;
        };
        Retention: {
            classes: components["schemas"]["RetentionRow"][];
        };
        RetentionRow: {
            class: string;
            period: string;
            action: string;
            basis: string;
            /** Format: date */
            before: string | null;
            /** Format: int64 */
            due: number;
            /** @description Done by itself when it is due */
            by_itself: boolean;
        };
        Erasure: {
            matter: string;
            /** Format: date-time */
            at: string;
            by: string;
            basis: string;
        };
        CountedMatter: {
            id: string;
            /** Format: int64 */
            rev: number;
            state: string;
            state_name?: components["schemas"]["Say"];
            open: boolean;
            urgent: boolean;
            subject: components["schemas"]["Named"] | null;
            grid: components["schemas"]["Named"] | null;
            unit: components["schemas"]["Named"] | null;
            post: string;
            holder: string;
            /** Format: int64 */
            raised: number;
            /**
             * Format: int64
             * @description How many were joined to it
             */
            voices: number;
            cause: string | null;
            /** Format: date-time */
            opened: string;
            /** Format: date-time */
            due: string | null;
            /** Format: date-time */
            answered: string | null;
            /** Format: date-time */
            closed: string | null;
            /** Format: int64 */
            reopened: number;
        };
        Trend: {
            /** Format: date */
            from: string;
            /** Format: date */
            to: string;
            rows: {
                /** Format: date */
                from: string;
                /** Format: date */
                to: string;
                /** Format: int64 */
                opened: number;
                /**
                 * Format: int64
                 * @description Of those opened, said to be not solved later
                 */
                reopened: number;
                /** Format: int64 */
                closed: number;
                /**
                 * Format: int64
                 * @description Answers promised for then
                 */
                due: number;
                /** Format: int64 */
                kept: number;
                /** Format: int64 */
                late: number;
            }[];
        };
        Heat: {
            /** Format: date */
            from: string;
            /** Format: date */
            to: string;
            /** Format: int64 */
            few_below: number;
            rows: {
                grid: components["schemas"]["Named"] | null;
                hours: {
                    /** Format: int64 */
                    hour: number;
                    /** Format: int64 */
                    n: number;
                    /** @description Some, but fewer than few_below: no number */
                    few: boolean;
                }[];
            }[];
        };
        Forms: {
            /** Format: date */
            from: string;
            /** Format: date */
            to: string;
            /** Format: int64 */
            few_below: number;
            /**
             * Format: int64
             * @description How many fillings were counted
             */
            counted: number;
            /** @description All of them; else the newest alone */
            whole: boolean;
            rows: components["schemas"]["FormsRow"][];
        };
        FormsRow: {
            key: string;
            /**
             * Format: int64
             * @description How many cells this row adds up
             */
            cells: number;
            /** @description Too few stand behind it: no figures */
            withheld: boolean;
            procedure: components["schemas"]["Named"] | null;
            action: components["schemas"]["Named"] | null;
            /** Format: int64 */
            times?: number;
            /**
             * Format: int64
             * @description Of those, the words are erased: not in the three that follow
             */
            erased?: number;
            /**
             * Format: int64
             * @description Fields with a value, in all
             */
            filled?: number;
            /**
             * Format: int64
             * @description Of those, what is typed: texts and numbers
             */
            typed?: number;
            /**
             * Format: double
             * @description Typed on average
             */
            typed_each?: number | null;
            fields: {
                name: string;
                label: components["schemas"]["Say"];
                /** @enum {string} */
                type: "text" | "choice" | "bool" | "int" | "instant" | "files";
                required: boolean;
                /**
                 * Format: int64
                 * @description In how many fillings
                 */
                filled: number;
                /**
                 * Format: int64
                 * @description Of those where it can still be told
                 */
                of: number;
            }[];
        };
        Rates: {
            /** Format: date */
            from: string;
            /** Format: date */
            to: string;
            /** @enum {string} */
            by: "all" | "unit" | "grid" | "subject";
            /** Format: date-time */
            end: string | null;
            /** Format: date-time */
            as_of: string | null;
            /** Format: int64 */
            lag_seals: number;
            /** Format: int64 */
            parked: number;
            /**
             * Format: int64
             * @description A rate over fewer is never put in an order
             */
            rank_min: number;
            rows: components["schemas"]["RatesRow"][];
        };
        RatesRow: {
            key: string;
            /**
             * Format: int64
             * @description How many cells this row adds up
             */
            cells: number;
            /** @description Too few stand behind it: no figures */
            withheld: boolean;
            unit?: components["schemas"]["Named"] | null;
            grid?: components["schemas"]["Named"] | null;
            subject?: components["schemas"]["Named"] | null;
            /** Format: int64 */
            matters?: number;
            /** Format: int64 */
            open_overdue?: number;
            /** Format: int64 */
            unrated?: number;
            /** Format: int64 */
            reopened?: number;
            /** Format: int64 */
            called?: number;
            /** Format: int64 */
            unreachable?: number;
            /** Format: int64 */
            moved?: number;
            /** Format: int64 */
            shelved?: number;
            /** Format: int64 */
            ended_unanswered?: number;
            official?: components["schemas"]["Reading"];
            honest?: components["schemas"]["Reading"];
        };
        Reading: {
            response: components["schemas"]["Rate"];
            solution: components["schemas"]["Rate"];
            satisfaction: components["schemas"]["Rate"];
            on_time: components["schemas"]["Rate"];
        };
        Rate: {
            /** @description Fewer than five people rated, so it is not told to everybody: rate is null, and none of the rest is there */
            withheld: boolean;
            /**
             * Format: double
             * @description Four digits; null without a denominator, and where it is withheld
             */
            rate: number | null;
            /**
             * Format: double
             * @description Low end of the 95 % band; 0 without a denominator
             */
            low?: number;
            /**
             * Format: double
             * @description Its high end; 1 without a denominator
             */
            high?: number;
            /** Format: int64 */
            numerator?: number;
            /** Format: int64 */
            denominator?: number;
            /** Format: int64 */
            excluded?: number;
            /** Format: int64 */
            partly?: number;
        };
        Returns: {
            /** Format: date */
            from: string;
            /** Format: date */
            to: string;
            /** @enum {string} */
            by: "unit" | "duty";
            rows: components["schemas"]["ReturnsRow"][];
        };
        ReturnsRow: {
            key: string;
            /**
             * Format: int64
             * @description How many cells this row adds up
             */
            cells: number;
            /** @description Too few stand behind it: no figures */
            withheld: boolean;
            unit?: components["schemas"]["Named"] | null;
            /** @description Title of the duty row */
            title?: string;
            /** Format: int64 */
            returned?: number;
            /** Format: int64 */
            upheld?: number;
            /** Format: int64 */
            overruled?: number;
            /** Format: int64 */
            waiting?: number;
            /** Format: double */
            lost_hours?: number;
        };
        Flow: {
            /** Format: date */
            from: string;
            /** Format: date */
            to: string;
            /** @enum {string} */
            by: "all" | "unit" | "subject";
            contact_hours: number[];
            rows: components["schemas"]["FlowRow"][];
        };
        FlowRow: {
            key: string;
            /**
             * Format: int64
             * @description How many cells this row adds up
             */
            cells: number;
            /** @description Too few stand behind it: no figures */
            withheld: boolean;
            unit?: components["schemas"]["Named"] | null;
            subject?: components["schemas"]["Named"] | null;
            /** Format: int64 */
            sent?: number;
            /**
             * Format: int64
             * @description Right the first time
             */
            straight?: number;
            /** @description How many took 0, 1, 2 … hops */
            hops?: number[];
            /** @description How many by contact_hours; the last: later */
            contact?: number[];
            /** Format: int64 */
            not_contacted?: number;
            /** Format: int64 */
            median_hours?: number | null;
            /** Format: int64 */
            answered?: number;
            /** Format: int64 */
            reopened?: number;
        };
        Sources: {
            /** Format: date */
            from: string;
            /** Format: date */
            to: string;
            rows: components["schemas"]["SourcesRow"][];
        };
        SourcesRow: {
            source: string;
            name: components["schemas"]["Say"];
            /** Format: int64 */
            opened: number;
            /** Format: int64 */
            open: number;
            /** Format: int64 */
            answered: number;
            /** Format: int64 */
            closed: number;
            /** Format: int64 */
            reopened: number;
        };
        Open311Discovery: {
            changeset: string;
            contact: string;
            key_service: string;
            endpoints: {
                specification: string;
                url: string;
                changeset: string;
                type: string;
                formats: string[];
            }[];
        };
        Open311Service: {
            service_code: string;
            service_name: string;
            description: string;
            metadata: boolean;
            type: string;
            keywords: string | null;
            group: string;
        };
        Open311Definition: {
            service_code: string;
            attributes: {
                variable: boolean;
                code: string;
                datatype: string;
                required: boolean;
                datatype_description: string;
                /** Format: int64 */
                order: number;
                description: string;
                values: {
                    key: string;
                    name: string;
                }[];
            }[];
        };
        Open311Posted: {
            service_request_id: string;
            service_notice: string | null;
            /** @description The tracking code */
            account_id: string;
        };
        Open311Token: {
            service_request_id: string;
            token: string;
        };
        Open311Request: {
            service_request_id: string;
            status: string;
            status_notes: string | null;
            service_name: string | null;
            service_code: string | null;
            description: string | null;
            agency_responsible: string | null;
            service_notice: string | null;
            /** Format: date-time */
            requested_datetime: string;
            /** Format: date-time */
            updated_datetime: string | null;
            /** Format: date-time */
            expected_datetime: string | null;
            address: string | null;
            address_id: string | null;
            zipcode: string | null;
            /** Format: double */
            lat: number | null;
            /** Format: double */
            long: number | null;
            media_url: string | null;
            /** @description With extensions=true */
            extended_attributes?: {
                grid: string | null;
                duty: string | null;
                /** Format: int64 */
                list_version: number;
                stage: string | null;
                /** Format: date-time */
                due: string | null;
            };
        };
        Open311Update: {
            update_id: string;
            service_request_id: string;
            status: string;
            /** Format: date-time */
            updated_datetime: string;
            description: string | null;
            media_url: string | null;
            external_status_code: string;
        };
        Open311Updated: {
            update_id: string | null;
        };
        Health: {
            ok: boolean;
            /** Format: int64 */
            in_flight: number;
            parts: {
                [key: string]: unknown;
            };
        };
    };
    responses: {
        /** @description A problem document (RFC 9457) */
        Problem: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    "matter.preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["matter.preview.body"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Decision"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "similar.ask": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["similar.ask.body"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Similar"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "matter.list": {
        parameters: {
            query?: {
                /** @description Grid: the newest first */
                grid?: string;
                /** @description Unit: what runs out first on top */
                unit?: string;
                /** @description With unit: those that have ended */
                closed?: boolean;
                /** @description A board: due today, overdue, triage (to be placed, or with the fallback unit), returned, asked (to be decided), called (units called in), paused, shelved, reopened, place_call (to be asked where it is), escalated (gone up to me), mine; grid, unit and subject narrow it; what runs out first on top */
                board?: "today" | "overdue" | "triage" | "returned" | "asked" | "called" | "paused" | "shelved" | "reopened" | "place_call" | "escalated" | "mine";
                /** @description With board: a subject */
                subject?: string;
                /** @description How many, 50 by default */
                limit?: number;
                /** @description The next of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ListedMatter"][];
                        /** @description Cursor of the next page */
                        next: string | null;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "matter.open": {
        parameters: {
            query?: never;
            header?: {
                /** @description 8-64 characters, a UUIDv7 for example: the same key is done once */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["matter.open.body"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MatterOpened"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "subject.suggest": {
        parameters: {
            query: {
                /** @description What was typed so far */
                words: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            subject: components["schemas"]["Named"] | null;
                        }[];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "subject.list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Subject"][];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "place.list": {
        parameters: {
            query?: {
                /** @description Code of the place above; the town by default */
                under?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ListedPlace"][];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "town.about": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Town"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "who.answers": {
        parameters: {
            query: {
                /** @description The subject */
                subject: string;
                /** @description Latitude */
                lat?: number;
                /** @description Longitude */
                lon?: number;
                /** @description Coordinate system */
                datum?: "wgs84" | "gcj02" | "bd09";
                /** @description Code of a place */
                place?: string;
                /** @description On which day; today by default */
                on?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Decision"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "track.get": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TrackedMatter"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "track.looks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Look"][];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "track.erase": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["track.erase.body"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ok"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "file.upload": {
        parameters: {
            query?: {
                /** @description Its name; only a paper keeps it */
                name?: string;
            };
            header?: {
                /** @description 8-64 characters, a UUIDv7 for example: the same key is done once */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileUploaded"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "matter.file": {
        parameters: {
            query?: {
                /** @description Only the small picture */
                thumb?: boolean;
            };
            header?: never;
            path: {
                id: string;
                k: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": unknown;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "track.file": {
        parameters: {
            query?: {
                /** @description Only the small picture */
                thumb?: boolean;
            };
            header?: never;
            path: {
                k: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": unknown;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "track.file-erase": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                k: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["track.file-erase.body"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ok"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "board.counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BoardCounts"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "print.style": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/css": unknown;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "matter.print": {
        parameters: {
            query?: {
                /** @description The language; by default the browser's */
                lang?: "zh" | "en";
            };
            header?: never;
            path: {
                id: string;
                paper: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": unknown;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "matter.print-clear": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag read before; 412 when it has changed since */
                "If-Match"?: string;
            };
            path: {
                id: string;
                paper: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["matter.print-clear.body"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": unknown;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "view.list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["SavedView"][];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "view.keep": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["view.keep.body"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ok"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "view.drop": {
        parameters: {
            query: {
                /** @description Its name */
                name: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ok"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "matter.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Matter"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "matter.why": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Explanation"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "matter.act": {
        parameters: {
            query?: never;
            header?: {
                /** @description 8-64 characters, a UUIDv7 for example: the same key is done once */
                "Idempotency-Key"?: string;
                /** @description The ETag read before; 412 when it has changed since */
                "If-Match"?: string;
            };
            path: {
                id: string;
                action: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": string;
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MatterActed"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "matter.contact-open": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag read before; 412 when it has changed since */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["matter.contact-open.body"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactOpened"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "matter.householder-open": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag read before; 412 when it has changed since */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["matter.householder-open.body"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HouseholderOpened"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "track.act": {
        parameters: {
            query?: never;
            header?: {
                /** @description 8-64 characters, a UUIDv7 for example: the same key is done once */
                "Idempotency-Key"?: string;
            };
            path: {
                action: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": string;
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MatterActed"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "audit.looks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AuditedLook"][];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    live: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": unknown;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "matter.told": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Told"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "upstream.list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Named"][];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "task.list": {
        parameters: {
            query?: {
                /** @description Unit called in; all within my reach when left out */
                unit?: string;
                /** @description How many, 50 by default */
                limit?: number;
                /** @description The next of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["TaskRow"][];
                        /** @description Cursor of the next page */
                        next: string | null;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "task.letter": {
        parameters: {
            query: {
                /** @description Number of the task */
                task: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": unknown;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "report.cooperation": {
        parameters: {
            query?: {
                /** @description First day; 30 days ago by default */
                from?: string;
                /** @description Last day; today by default */
                to?: string;
                /** @description By the unit called in (default) or the one that called */
                by?: "unit" | "lead";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Cooperation"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "order.list": {
        parameters: {
            query?: {
                /** @description Those that are replied to or taken back; by default those that upstream waits for */
                done?: boolean;
                /** @description How many, 50 by default */
                limit?: number;
                /** @description The next of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["OrderRow"][];
                        /** @description Cursor of the next page */
                        next: string | null;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "order.take": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["order.take.body"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderTaken"];
                };
            };
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderTaken"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "order.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                system: string;
                number: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderWithMatter"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "order.reply": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                system: string;
                number: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderReply"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "order.bundle": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                system: string;
                number: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/zip": unknown;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "report.upstream": {
        parameters: {
            query?: {
                /** @description First day; 30 days ago by default */
                from?: string;
                /** @description Last day; today by default */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Upstream"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "matter.similar": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["SimilarMatter"][];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "matter.voices": {
        parameters: {
            query?: {
                /** @description The next of the page before */
                cursor?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Voices"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "cause.list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["KnownCause"][];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "cause.open": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["cause.open.body"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CauseAnnounced"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "cause.move": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag read before; 412 when it has changed since */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["cause.move.body"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KnownCause"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "release.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Releasing"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "release.put": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag read before; 412 when it has changed since */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["release.put.body"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        /** Format: int64 */
                        rev: number;
                        public: boolean;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "release.end": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag read before; 412 when it has changed since */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        /** Format: int64 */
                        rev: number;
                        public: boolean;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "release.preview": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag read before; 412 when it has changed since */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["release.preview.body"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReleasePreview"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "public.list": {
        parameters: {
            query?: {
                /** @description A subject, with those below it */
                subject?: string;
                /** @description A community or grid */
                place?: string;
                /** @description all (default), open or ended */
                state?: "all" | "open" | "ended";
                /** @description The box: its south; all four together */
                south?: number;
                /** @description West */
                west?: number;
                /** @description North */
                north?: number;
                /** @description East */
                east?: number;
                /** @description The next of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["PublicMatter"][];
                        /** @description Cursor of the next page */
                        next: string | null;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "public.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PublicMatter"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "public.photo": {
        parameters: {
            query?: {
                /** @description Only the small picture */
                thumb?: boolean;
            };
            header?: never;
            path: {
                id: string;
                k: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": unknown;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "public.counts": {
        parameters: {
            query?: {
                /** @description First day; 30 days ago by default */
                from?: string;
                /** @description Last day; today by default */
                to?: string;
                /** @description By community and subject (default), community, or subject */
                by?: "both" | "community" | "subject";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PublicCounts"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "public.join": {
        parameters: {
            query?: never;
            header?: {
                /** @description 8-64 characters, a UUIDv7 for example: the same key is done once */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["public.join.body"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VoiceJoined"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "standing.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StandingStory"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "standing.change": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["standing.change.body"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Standing"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "standing.list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Standings"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "standing.open": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["standing.open.body"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Standing"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "standing.end": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["standing.end.body"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Standing"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "callback.list": {
        parameters: {
            query?: {
                /** @description How many, 50 by default */
                limit?: number;
                /** @description The next of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Callbacks"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "matter.slip": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": unknown;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    map: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TownMap"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "map.schematic": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Schematic"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "map.desk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TownMap"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "map.load": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MapLoad"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "map.base-file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.pmtiles": unknown;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "map.base-tile": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                layer: string;
                z: string;
                x: string;
                y: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": unknown;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "map.desk-base-file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.pmtiles": unknown;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "map.desk-base-tile": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                layer: string;
                z: string;
                x: string;
                y: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": unknown;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "place.find": {
        parameters: {
            query: {
                /** @description The place as it is said: landmark and direction, number of a lamp-post, old name */
                said: string;
                /** @description By the names of which day; today by default */
                on?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FoundPlaces"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "matter.places": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MatterPlaces"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "alias.list": {
        parameters: {
            query?: {
                /** @description proposed (waits for a second person, the default), accepted, refused, withdrawn */
                state?: "proposed" | "accepted" | "refused" | "withdrawn";
                /** @description The next of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Alias"][];
                        /** @description Cursor of the next page */
                        next: string | null;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "alias.propose": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["alias.propose.body"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Made"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "alias.accept": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Alias"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "alias.refuse": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Alias"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "alias.withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Alias"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "duty.list": {
        parameters: {
            query?: {
                /** @description Which list */
                list?: "basic" | "assist" | "recalled" | "service" | "conferred" | "entrusted" | "committee";
                /** @description Of this subject */
                subject?: string;
                /** @description Led or assisted by this unit */
                unit?: string;
                /** @description The next of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["DutyRow"][];
                        /** @description Cursor of the next page */
                        next: string | null;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "post.list": {
        parameters: {
            query?: {
                /** @description The next of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["PostRow"][];
                        /** @description Cursor of the next page */
                        next: string | null;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "calendar.get": {
        parameters: {
            query?: {
                /** @description Which year; this one by default */
                year?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Calendar"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "procedure.list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ProcedureItem"][];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "procedure.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Procedure"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "account.list": {
        parameters: {
            query?: {
                /** @description The next of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Account"][];
                        /** @description Cursor of the next page */
                        next: string | null;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "account.close": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                login: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ok"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "invite.list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Invitation"][];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "invite.make": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["invite.make.body"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invited"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "invite.drop": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                login: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ok"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "key.list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Key"][];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "key.make": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["key.make.body"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyMade"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "audit.acts": {
        parameters: {
            query?: {
                /** @description The next of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AuditAct"][];
                        /** @description Cursor of the next page */
                        next: string | null;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "job.list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Jobs"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "notice.texts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["NoticeText"][];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    folder: {
        parameters: {
            query?: {
                /** @description Which version; that in force by default */
                version?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Folder"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "folder.file": {
        parameters: {
            query: {
                /** @description Its name, such as duties.csv */
                name: string;
                /** @description Which version; that in force by default */
                version?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain; charset=utf-8": unknown;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "folder.findings": {
        parameters: {
            query?: {
                /** @description Which version; that in force by default */
                version?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Findings"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "version.list": {
        parameters: {
            query?: {
                /** @description The next of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Version"][];
                        /** @description Cursor of the next page */
                        next: string | null;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "version.diff": {
        parameters: {
            query: {
                /** @description The earlier version */
                before: number;
                /** @description The later one; that in force by default */
                after?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TownDiff"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "draft.list": {
        parameters: {
            query?: {
                /** @description open ones (the default) or those that have ended */
                state?: "open" | "ended";
                /** @description The next of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["DraftItem"][];
                        /** @description Cursor of the next page */
                        next: string | null;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "draft.open": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["draft.open.body"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Draft"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "draft.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Draft"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "draft.file": {
        parameters: {
            query: {
                /** @description Its name */
                name: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain; charset=utf-8": unknown;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "draft.put": {
        parameters: {
            query: {
                /** @description Its name */
                name: string;
                /** @description The version on which it was written */
                base: number;
                /** @description The file goes */
                gone?: boolean;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Draft"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "draft.leave": {
        parameters: {
            query: {
                /** @description Its name */
                name: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Draft"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "draft.findings": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Findings"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "draft.diff": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TownDiff"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "draft.propose": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Draft"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "draft.back": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Draft"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "draft.withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["draft.withdraw.body"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Draft"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "draft.refuse": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["draft.refuse.body"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Draft"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "draft.load": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["draft.load.body"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Draft"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "lesson.list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Lessons"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "lesson.take": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["lesson.take.body"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DraftItem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "lesson.decline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["lesson.decline.body"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ok"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "unit.list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ListedUnit"][];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "roster.get": {
        parameters: {
            query?: {
                /** @description From which day; today by default */
                day?: string;
                /** @description How many days, 1 by default */
                days?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Roster"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "leave.list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Leave"][];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "leave.add": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["leave.add.body"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LeaveSet"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "leave.drop": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LeaveSet"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "handover.make": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["handover.make.body"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HandedOver"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "swap.list": {
        parameters: {
            query?: {
                /** @description Turns from which day on; today by default */
                from?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Swap"][];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "swap.ask": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["swap.ask.body"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Made"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "swap.agree": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Made"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "swap.approve": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Made"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "swap.refuse": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Made"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "swap.withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Made"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "sheet.list": {
        parameters: {
            query?: {
                /** @description Shifts from which day on; seven days ago by default */
                from?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Sheet"][];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "sheet.make": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["sheet.make.body"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Made"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "sheet.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Sheet"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "sheet.print": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": unknown;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "sheet.sign": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["sheet.sign.body"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Made"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "session.me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "session.begin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["session.begin.body"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedIn"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "session.end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ok"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "factor.offer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SecondFactorOffered"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "factor.on": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["factor.on.body"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ok"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "factor.off": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["factor.off.body"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ok"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "session.end-all": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ok"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "invite.accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["invite.accept.body"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvitationAccepted"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "key.revoke": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ok"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "oidc.begin": {
        parameters: {
            query?: {
                /** @description The page to come back to, below /desk or /work */
                then?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            303: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": unknown;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "oidc.back": {
        parameters: {
            query?: {
                /** @description The provider's code */
                code?: string;
                /** @description What was given on leaving */
                state?: string;
                /** @description Why the provider did not agree */
                error?: string;
                /** @description The provider's own name (RFC 9207) */
                iss?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            303: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": unknown;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "oidc.code": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["oidc.code.body"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedIn"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "oidc.mine": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MySignInElsewhere"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "oidc.link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["oidc.link.body"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignInElsewhere"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "oidc.unlink": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ok"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "account.bind": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                login: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["account.bind.body"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ok"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "account.unbind": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                login: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ok"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "notice.list": {
        parameters: {
            query?: {
                /** @description Only those not read yet */
                unread?: boolean;
                /** @description The next of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NoticeBox"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "notice.read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["notice.read.body"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ok"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "track.notices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Notice"][];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "track.notify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["track.notify.body"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ok"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "notice.undelivered": {
        parameters: {
            query?: {
                /** @description The next of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["UndeliveredNotice"][];
                        /** @description Cursor of the next page */
                        next: string | null;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "notice.settle": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["notice.settle.body"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ok"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "notice.again": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["notice.again.body"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ok"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "parcel.list": {
        parameters: {
            query?: {
                /** @description out: handed over from here (default); in: to us */
                way?: "out" | "in";
                /** @description How many, 50 by default */
                limit?: number;
                /** @description The next of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ParcelRow"][];
                        /** @description Cursor of the next page */
                        next: string | null;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "parcel.put": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["parcel.put.body"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ParcelAnswer"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "neighbour.list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Neighbours"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "track.export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["track.export.body"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HeldData"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "matter.export": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag read before; 412 when it has changed since */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["matter.export.body"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HeldData"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "matter.erase": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag read before; 412 when it has changed since */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["matter.erase.body"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Erased"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "retention.plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Retention"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "erasure.list": {
        parameters: {
            query?: {
                /** @description The next of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Erasure"][];
                        /** @description Cursor of the next page */
                        next: string | null;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "figures.cases": {
        parameters: {
            query: {
                /** @description First day; 30 days ago by default */
                from?: string;
                /** @description Last day; today by default */
                to?: string;
                /** @description The groups of that table */
                by?: "all" | "unit" | "grid" | "subject" | "duty" | "lead";
                /** @description Which table */
                table: "rates" | "flow" | "returns" | "sources" | "cooperation";
                /** @description Only that row (its code); all when left out */
                key?: string;
                /** @description Which figure, as that table's answer writes it: matters, honest.response.numerator, hops.1, upheld …; rates also have missed */
                figure: string;
                /** @description How many, 50 by default */
                limit?: number;
                /** @description The next of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: int64
                         * @description How many in all, also those out of reach
                         */
                        count: number;
                        items: components["schemas"]["CountedMatter"][];
                        next: string | null;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "figures.trend": {
        parameters: {
            query?: {
                /** @description First day; 30 days ago by default */
                from?: string;
                /** @description Last day; today by default */
                to?: string;
                /** @description By day (default), week or month */
                step?: "day" | "week" | "month";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Trend"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "figures.heat": {
        parameters: {
            query?: {
                /** @description First day; 30 days ago by default */
                from?: string;
                /** @description Last day; today by default */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Heat"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "figures.forms": {
        parameters: {
            query?: {
                /** @description First day; 30 days ago by default */
                from?: string;
                /** @description Last day; today by default */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Forms"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "figures.export": {
        parameters: {
            query: {
                /** @description First day; 30 days ago by default */
                from?: string;
                /** @description Last day; today by default */
                to?: string;
                /** @description The groups of that table */
                by?: "all" | "unit" | "grid" | "subject" | "duty" | "lead";
                /** @description Which table */
                table: "rates" | "flow" | "returns" | "sources" | "cooperation" | "trend" | "heat" | "forms";
                /** @description csv (UTF-8 with a mark), csv-gb18030 (old spreadsheets) or xlsx */
                format: "csv" | "csv-gb18030" | "xlsx";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": unknown;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "report.rates": {
        parameters: {
            query?: {
                /** @description First day; 30 days ago by default */
                from?: string;
                /** @description Last day; today by default */
                to?: string;
                /** @description By unit, grid or subject */
                by?: "all" | "unit" | "grid" | "subject";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rates"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "report.returns": {
        parameters: {
            query?: {
                /** @description First day; 30 days ago by default */
                from?: string;
                /** @description Last day; today by default */
                to?: string;
                /** @description By the unit that returned it (default) or the duty row */
                by?: "unit" | "duty";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Returns"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "report.flow": {
        parameters: {
            query?: {
                /** @description First day; 30 days ago by default */
                from?: string;
                /** @description Last day; today by default */
                to?: string;
                /** @description All (default), by unit or by subject */
                by?: "all" | "unit" | "subject";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Flow"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "report.sources": {
        parameters: {
            query?: {
                /** @description First day; 30 days ago by default */
                from?: string;
                /** @description Last day; today by default */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Sources"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    search: {
        parameters: {
            query: {
                /** @description Words to look for */
                q: string;
                /** @description The next of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["MatterRow"][];
                        /** @description Cursor of the next page */
                        next: string | null;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "open311.discovery": {
        parameters: {
            query?: {
                /** @description Division code of the town; may be left out where there is only one */
                jurisdiction_id?: string;
                /** @description The key; Authorization: Bearer does as well */
                api_key?: string;
            };
            header?: never;
            path: {
                format: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Open311Discovery"];
                    "text/xml": unknown;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "open311.services": {
        parameters: {
            query?: {
                /** @description Division code of the town; may be left out where there is only one */
                jurisdiction_id?: string;
                /** @description The key; Authorization: Bearer does as well */
                api_key?: string;
            };
            header?: never;
            path: {
                format: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Open311Service"][];
                    "text/xml": unknown;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "open311.service": {
        parameters: {
            query?: {
                /** @description Division code of the town; may be left out where there is only one */
                jurisdiction_id?: string;
                /** @description The key; Authorization: Bearer does as well */
                api_key?: string;
            };
            header?: never;
            path: {
                service_code: string;
                format: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Open311Definition"];
                    "text/xml": unknown;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "open311.requests": {
        parameters: {
            query?: {
                /** @description Division code of the town; may be left out where there is only one */
                jurisdiction_id?: string;
                /** @description The key; Authorization: Bearer does as well */
                api_key?: string;
                /** @description true: also grid, duty row and list version, stage, due */
                extensions?: boolean;
                /** @description Numbers, comma-separated; overrides all other arguments */
                service_request_id?: string[];
                /** @description Services, comma-separated */
                service_code?: string[];
                /** @description Requested not before; at most 90 days */
                start_date?: string;
                /** @description Requested not after */
                end_date?: string;
                /** @description open, closed */
                status?: ("open" | "closed")[];
                /** @description Which page, from 1 */
                page?: number;
                /** @description Rows a page, 1000 by default */
                page_size?: number;
            };
            header?: never;
            path: {
                format: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Open311Request"][];
                    "text/xml": unknown;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "open311.post": {
        parameters: {
            query?: never;
            header?: {
                /** @description 8-64 characters, a UUIDv7 for example: the same key is done once */
                "Idempotency-Key"?: string;
            };
            path: {
                format: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": components["schemas"]["open311.post.body"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Open311Posted"][];
                    "text/xml": unknown;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "open311.token": {
        parameters: {
            query?: {
                /** @description Division code of the town; may be left out where there is only one */
                jurisdiction_id?: string;
                /** @description The key; Authorization: Bearer does as well */
                api_key?: string;
            };
            header?: never;
            path: {
                token: string;
                format: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Open311Token"][];
                    "text/xml": unknown;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "open311.request": {
        parameters: {
            query?: {
                /** @description Division code of the town; may be left out where there is only one */
                jurisdiction_id?: string;
                /** @description The key; Authorization: Bearer does as well */
                api_key?: string;
                /** @description true: also grid, duty row and list version, stage, due */
                extensions?: boolean;
            };
            header?: never;
            path: {
                service_request_id: string;
                format: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Open311Request"][];
                    "text/xml": unknown;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "open311.updates": {
        parameters: {
            query?: {
                /** @description Division code of the town; may be left out where there is only one */
                jurisdiction_id?: string;
                /** @description The key; Authorization: Bearer does as well */
                api_key?: string;
                /** @description Not before, a day ago by default; at most 90 days */
                start_date?: string;
                /** @description Not after, now by default */
                end_date?: string;
                /** @description true: the wider words of status, IN_PROGRESS and so on */
                extensions?: boolean;
            };
            header?: never;
            path: {
                format: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Open311Update"][];
                    "text/xml": unknown;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "open311.update": {
        parameters: {
            query?: never;
            header?: {
                /** @description 8-64 characters, a UUIDv7 for example: the same key is done once */
                "Idempotency-Key"?: string;
                /** @description The ETag read before; 412 when it has changed since */
                "If-Match"?: string;
            };
            path: {
                format: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": components["schemas"]["open311.update.body"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Open311Updated"][];
                    "text/xml": unknown;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "api.openapi": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        openapi: string;
                        info: {
                            [key: string]: unknown;
                        };
                        servers: unknown[];
                        paths: {
                            [key: string]: unknown;
                        };
                        components: {
                            [key: string]: unknown;
                        };
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "api.docs": {
        parameters: {
            query?: {
                /** @description Language */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": unknown;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "server.health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "server.metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": unknown;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
}
